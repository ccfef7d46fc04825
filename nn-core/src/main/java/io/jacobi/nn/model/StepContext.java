package io.jacobi.nn.model;

import io.jacobi.nn.math.Scratch;

/** The current step of a workspace, which all its passes see. */
final class StepContext {

    private final Buffers buffers;
    private final int batch;
    private boolean training;
    private long step;
    private int firstExample;

    StepContext(Buffers buffers, int batch) {
        this.buffers = buffers;
        this.batch = batch;
    }

    /** Begins a training step, or a prediction. */
    void begin(boolean isTraining, long number, int first) {
        buffers.requireOpen();
        training = isTraining;
        step = number;
        firstExample = first;
    }

    int batch() {
        return batch;
    }

    boolean isTraining() {
        return training;
    }

    long step() {
        return step;
    }

    int firstExample() {
        return firstExample;
    }

    long seed() {
        return buffers.model().seed();
    }

    Scratch scratch() {
        return buffers.scratch();
    }
}
