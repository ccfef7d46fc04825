package io.jacobi.nn.model;

import io.jacobi.nn.ShapeException;

/**
 * How far the plan of a model is: the positions of the next parameter and the next state in its flat vectors, and the
 * number of layers around the layer that is planned now.
 */
final class Offsets {

    /**
     * The most layers around a layer. The description in a file has three levels of JSON for each and seven more for
     * the innermost layer, and a reader accepts 128 levels.
     */
    private static final int MAX_NESTING = 40;

    private int nesting;
    private long weights;
    private long states;

    /** Enters a layer, before the layers inside it are planned. */
    void enter(String path) {
        nesting++;
        if (nesting > MAX_NESTING) {
            throw new IllegalArgumentException("The layers in " + path + " are nested too deep"
                    + "\n  expected at most " + MAX_NESTING + " layers around a layer"
                    + "\n  fix: put layers that follow one another into one list, without a layer around each");
        }
    }

    /** Leaves the layer that was entered last. */
    void leave() {
        nesting--;
    }

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
