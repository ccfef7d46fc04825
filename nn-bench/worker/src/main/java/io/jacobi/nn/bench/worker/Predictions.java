package io.jacobi.nn.bench.worker;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Measures how fast a framework predicts. */
final class Predictions {

    /** The number of examples in a large request. */
    static final int BATCH = 256;

    private Predictions() {}

    /**
     * Returns p50 and p99 of {@code count} single predictions in microseconds, after {@code count / 2} as a warm-up.
     */
    static String latency(FrameworkAdapter adapter, int count) throws IOException {
        float[][] rows = rows(64);
        for (int i = 0; i < count / 2; i++) {
            adapter.predict(rows[i % rows.length]);
        }
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            adapter.predict(rows[i % rows.length]);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return Worker.number(nanos[count / 2] / 1e3) + " " + Worker.number(nanos[count * 99 / 100] / 1e3);
    }

    /** Returns examples per second over the given time, after half of that time as a warm-up. */
    static double throughput(FrameworkAdapter adapter, double seconds) throws IOException {
        float[][] rows = rows(BATCH);
        repeat(adapter, rows, seconds / 2);
        return repeat(adapter, rows, seconds);
    }

    private static double repeat(FrameworkAdapter adapter, float[][] rows, double seconds) throws IOException {
        long start = System.nanoTime();
        long examples = 0;
        double taken = 0;
        while (taken < seconds) {
            adapter.predict(rows);
            examples += rows.length;
            taken = (System.nanoTime() - start) / 1e9;
        }
        return examples / taken;
    }

    /** Returns random rows that are as sparse as digits: a fifth of the pixels is not 0. */
    private static float[][] rows(int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] rows = new float[count][Workload.PIXELS];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(5) == 0 ? (float) random.nextDouble() : 0;
            }
        }
        return rows;
    }
}
