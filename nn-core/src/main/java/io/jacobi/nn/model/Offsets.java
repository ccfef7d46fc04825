package io.jacobi.nn.model;

import io.jacobi.nn.ShapeException;

/** The positions of the next parameter and the next state of a model in its flat vectors. */
final class Offsets {

    private long weights;
    private long states;

    /** Takes {@code size} weights; returns the offset of the first. */
    long takeWeights(long size) {
        long begin = weights;
        weights = add(begin, size, "weights");
        return begin;
    }

    /** Takes {@code size} elements of state; returns the offset of the first. */
    long takeStates(long size) {
        long begin = states;
        states = add(begin, size, "elements of state");
        return begin;
    }

    private static long add(long before, long size, String what) {
        try {
            return Math.addExact(before, size);
        } catch (ArithmeticException overflow) {
            throw new ShapeException(
                    "the model would have 2^63 " + what + " or more",
                    "fewer than 2^31 in one model",
                    before + " in the layers before, and " + size + " more",
                    "make the layers smaller");
        }
    }
}
