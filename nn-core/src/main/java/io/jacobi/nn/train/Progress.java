package io.jacobi.nn.train;

import io.jacobi.nn.model.Sequential;

/** Where a run stands, as callbacks see it. */
public final class Progress {

    private final GradientDescent descent;
    private final Sequential model;
    private final int epochs;
    private final int batches;
    private int epoch;
    private int batch;
    private double loss = Double.NaN;
    private boolean stopping;

    Progress(GradientDescent descent, Sequential model, int epochs, int batches) {
        this.descent = descent;
        this.model = model;
        this.epochs = epochs;
        this.batches = batches;
    }

    /** The model being trained. */
    public Sequential model() {
        return model;
    }

    /** The current epoch, counted from 1. */
    public int epoch() {
        return epoch;
    }

    /** The number of epochs asked for. */
    public int epochs() {
        return epochs;
    }

    /** How many batches of this epoch are done. */
    public int batch() {
        return batch;
    }

    /** The number of batches in an epoch. */
    public int batches() {
        return batches;
    }

    /** How many optimizer steps the trainer has made, over all epochs. */
    public long step() {
        return descent.steps();
    }

    /** The loss of the last batch, before its step; NaN before the first. */
    public double loss() {
        return loss;
    }

    /** The norm of the last gradient, before it was clipped; NaN if the trainer does not clip. */
    public double gradientNorm() {
        return descent.gradientNorm();
    }

    /** What the schedule's rate is multiplied with; 1 until {@link #scaleRate} is called. */
    public double rateFactor() {
        return descent.rateFactor();
    }

    /**
     * Multiplies the learning rate from the next step on, whatever the schedule says.
     *
     * @throws IllegalArgumentException unless the factor is positive and finite
     */
    public void scaleRate(double factor) {
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException(
                    "The rate cannot be multiplied with " + factor + "\n  expected a positive, finite factor");
        }
        descent.scaleRate(factor);
    }

    /** Ends the run: before this epoch, after this step or after this epoch, wherever the callback was called. */
    public void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** After so many of its batches. */
    void startEpoch(int number, int batchesDone) {
        epoch = number;
        batch = batchesDone;
    }

    void finishStep(double lossOfStep) {
        batch++;
        loss = lossOfStep;
    }
}
