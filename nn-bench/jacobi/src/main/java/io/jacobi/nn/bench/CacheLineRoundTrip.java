package io.jacobi.nn.bench;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the latency between two processors: the time that a cache line takes from one to the other and back. On some
 * virtual machines it changes from one minute to the next, because the host moves their processors, and with it the
 * gain from a second thread.
 */
final class CacheLineRoundTrip {

    private static final int ROUND_TRIPS = 200_000;

    private CacheLineRoundTrip() {}

    /** Returns the mean duration of a round trip in nanoseconds. */
    static double nanos() {
        AtomicInteger turn = new AtomicInteger();
        Thread other = new Thread(() -> bounce(turn, 1), "cache-line round trip");
        other.setDaemon(true);
        long start = System.nanoTime();
        other.start();
        bounce(turn, 0);
        return (double) (System.nanoTime() - start) / ROUND_TRIPS;
    }

    /** Waits for the odd or the even turns, and passes each turn on to the other thread. */
    private static void bounce(AtomicInteger turn, int parity) {
        for (int i = parity; i < 2 * ROUND_TRIPS; i += 2) {
            while (turn.get() != i) {
                Thread.onSpinWait();
            }
            turn.set(i + 1);
        }
    }
}
