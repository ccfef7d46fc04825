package io.jacobi.nn.train;

import io.jacobi.nn.model.Sequential;

/** The position of a run, for callbacks. */
public final class Progress {

    private final GradientDescent descent;
    private final Sequential model;
    private final int epochs;
    private final int batches;
    private int epoch;
    private int batch;
    private double loss = Double.NaN;
    private boolean inEpoch;
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

    /** The number of batches of this epoch that are done. */
    public int batch() {
        return batch;
    }

    /** The number of batches in an epoch. */
    public int batches() {
        return batches;
    }

    /** The number of optimizer steps that the trainer has made, over all epochs. */
    public long step() {
        return descent.steps();
    }

    /** The loss of the last batch, before its step; NaN before the first. */
    public double loss() {
        return loss;
    }

    /**
     * The norm of the last gradient, penalties included, before it was clipped; NaN before the first step, and if it
     * was not taken. A trainer that does not clip measures it in this call, which is one pass over the gradient.
     */
    public double gradientNorm() {
        return descent.gradientNorm();
    }

    /** The factor by which the schedule's rate is multiplied; 1 until {@link #scaleRate} is called. */
    public double rateFactor() {
        return descent.rateFactor();
    }

    /**
     * Multiplies all learning rates of the schedule, from the next step on.
     *
     * @throws IllegalArgumentException unless the factor is positive and finite
     */
    public void scaleRate(double factor) {
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException(
                    "The rate cannot be multiplied by " + factor + "\n  expected a positive, finite factor");
        }
        descent.scaleRate(factor);
    }

    /**
     * Ends the run: before this epoch, after this step or after this epoch, depending on which method of the callback
     * calls it.
     */
    public void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether an epoch has been started and not finished. */
    boolean isInEpoch() {
        return inEpoch;
    }

    void startEpoch(int number) {
        resumeEpoch(number, 0);
    }

    /** Continues an epoch of which {@code batchesDone} batches are done. */
    void resumeEpoch(int number, int batchesDone) {
        epoch = number;
        batch = batchesDone;
        inEpoch = true;
    }

    void finishEpoch() {
        inEpoch = false;
    }

    void finishStep(double lossOfStep) {
        batch++;
        loss = lossOfStep;
    }
}
