package io.jacobi.nn.model;

/** The positions of the next parameter and the next state of a model in its flat vectors. */
final class Offsets {

    private long weights;
    private long states;

    /** Takes {@code size} weights; returns the offset of the first. */
    long takeWeights(long size) {
        long begin = weights;
        weights += size;
        return begin;
    }

    /** Takes {@code size} elements of state; returns the offset of the first. */
    long takeStates(long size) {
        long begin = states;
        states += size;
        return begin;
    }
}
