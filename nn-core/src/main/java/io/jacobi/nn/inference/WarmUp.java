package io.jacobi.nn.inference;

/** Lets the just-in-time compiler see what will be done often. */
final class WarmUp {

    private static final long LONGEST_NANOS = 500_000_000L;

    private WarmUp() {}

    /** So often, or as often as half a second is enough for, but once at least. */
    static void repeat(int times, Runnable work) {
        long start = System.nanoTime();
        int done = 0;
        do {
            work.run();
            done++;
        } while (done < times && System.nanoTime() - start < LONGEST_NANOS);
    }
}
