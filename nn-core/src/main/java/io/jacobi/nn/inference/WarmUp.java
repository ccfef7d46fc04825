package io.jacobi.nn.inference;

/** Runs work until the just-in-time compiler has compiled it. */
final class WarmUp {

    private static final long LONGEST_NANOS = 500_000_000L;

    private WarmUp() {}

    /** Repeats {@code work} at least once, and at most {@code times} times or for half a second. */
    static void repeat(int times, Runnable work) {
        long start = System.nanoTime();
        int done = 0;
        do {
            work.run();
            done++;
        } while (done < times && System.nanoTime() - start < LONGEST_NANOS);
    }
}
