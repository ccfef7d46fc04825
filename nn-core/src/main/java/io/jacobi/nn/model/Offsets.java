package io.jacobi.nn.model;

/** Where the next parameter and the next state of a model begin in its flat vectors. */
final class Offsets {

    private long weights;
    private long states;

    /** Takes {@code size} weights; returns where they begin. */
    long takeWeights(long size) {
        long begin = weights;
        weights += size;
        return begin;
    }

    /** Takes {@code size} elements of state; returns where they begin. */
    long takeStates(long size) {
        long begin = states;
        states += size;
        return begin;
    }
}
