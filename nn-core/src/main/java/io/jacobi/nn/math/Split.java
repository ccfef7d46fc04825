package io.jacobi.nn.math;

/**
 * Runs a pass over a long array in parts, on whatever threads there are. A pass whose elements do not depend on each other gives the same
 * result however it is split.
 */
@FunctionalInterface
public interface Split {

    /** In one part, on the calling thread. */
    Split NONE = (length, pass) -> pass.run(0, 0, length);

    /**
     * Runs {@code pass} for parts that cover elements 0 to {@code length}, and returns when all are done.
     *
     * @throws RuntimeException what a part threw
     */
    void run(int length, Pass pass);

    /** A pass over some of the elements. */
    @FunctionalInterface
    interface Pass {

        /**
         * Elements {@code from} to {@code to}.
         *
         * @param part the number of the part, from 0: two that run at once have different ones, for scratch memory of their own
         */
        void run(int part, int from, int to);
    }
}
