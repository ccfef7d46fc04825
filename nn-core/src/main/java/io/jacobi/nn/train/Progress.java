package io.jacobi.nn.train;

import io.jacobi.nn.Sequential;

/** Where a run stands, as callbacks see it. */
public final class Progress {

    private final Sequential model;
    private final int epochs;
    private final int batches;
    private int epoch;
    private int batch;
    private long step;
    private double loss = Double.NaN;
    private boolean stopping;

    Progress(Sequential model, int epochs, int batches) {
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
        return step;
    }

    /** The loss of the last batch, before its step; NaN before the first. */
    public double loss() {
        return loss;
    }

    /** Ends the run after the current epoch's callbacks, or after this step if called from {@link Callback#afterStep}. */
    public void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    void startEpoch(int number) {
        epoch = number;
        batch = 0;
    }

    void finishStep(long steps, double lossOfStep) {
        batch++;
        step = steps;
        loss = lossOfStep;
    }
}
