package io.jacobi.nn.math;

/**
 * Runs a loop over a long array in parts, on the threads that there are. A loop whose elements do not depend on each other gives the same
 * result in any split.
 */
@FunctionalInterface
public interface Split {

    /** One part, on the calling thread. */
    Split NONE = (length, range) -> range.run(0, 0, length);

    /**
     * Runs {@code range} for parts that cover the elements 0 to {@code length}, and returns when all are done.
     *
     * @throws RuntimeException the exception of a part
     */
    void run(int length, Range range);

    /** The loop over a range of the elements. */
    @FunctionalInterface
    interface Range {

        /**
         * Computes the elements from {@code from} to before {@code to}.
         *
         * @param part the number of the part, from 0: parts that run at the same time have different numbers, for scratch memory of their own
         */
        void run(int part, int from, int to);
    }
}
