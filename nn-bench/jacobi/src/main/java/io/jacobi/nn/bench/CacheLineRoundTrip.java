package io.jacobi.nn.bench;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far apart two processors are: the time that a number takes from one thread to another and back. On some virtual machines it changes
 * from one minute to the next, when the host moves their processors, and with it what a second thread is worth.
 */
final class CacheLineRoundTrip {

    private static final int ROUND_TRIPS = 200_000;

    private CacheLineRoundTrip() {}

    /** Nanoseconds of a round trip, the mean of many. */
    static double nanos() {
        AtomicInteger turn = new AtomicInteger();
        Thread other = new Thread(() -> bounce(turn, 1), "cache-line round trip");
        other.setDaemon(true);
        long start = System.nanoTime();
        other.start();
        bounce(turn, 0);
        return (double) (System.nanoTime() - start) / ROUND_TRIPS;
    }

    /** Waits for its turns, the odd ones or the even ones, and gives each on. */
    private static void bounce(AtomicInteger turn, int parity) {
        for (int i = parity; i < 2 * ROUND_TRIPS; i += 2) {
            while (turn.get() != i) {
                Thread.onSpinWait();
            }
            turn.set(i + 1);
        }
    }
}
