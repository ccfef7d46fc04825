package io.jacobi.nn.tabular;

import java.util.SplittableRandom;

/**
 * Chooses a uniform sample of values that pass by: Vitter 1985, algorithm R. Up to {@code size} values all are chosen. The
 * choice is the same for the same number of values.
 */
final class Reservoir {

    /** The place of a value that is not chosen. */
    static final int NONE = -1;

    private final int size;
    private final SplittableRandom random = new SplittableRandom(1);
    private long count;

    Reservoir(int size) {
        this.size = size;
    }

    /** Returns the place in the sample that the next value takes, after the places so far or in one of them; or NONE. */
    int next() {
        count++;
        if (count <= size) {
            return (int) count - 1;
        }
        long place = random.nextLong(count);
        return place < size ? (int) place : NONE;
    }

    /** The number of values that have passed by. */
    long count() {
        return count;
    }
}
