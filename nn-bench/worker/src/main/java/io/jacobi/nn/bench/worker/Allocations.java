package io.jacobi.nn.bench.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Measures how much memory a framework uses. */
final class Allocations {

    private static final int PREDICTIONS = 1000;
    private static final int TRAINING_EXAMPLES = 60_000;

    private Allocations() {}

    /**
     * Returns the heap bytes that all threads allocate per training step and per prediction; run an epoch first as a
     * warm-up.
     */
    static String of(TrainingAdapter adapter, Workload workload) throws IOException {
        long before = heapBytes();
        adapter.epoch();
        int steps = (TRAINING_EXAMPLES + workload.batch() - 1) / workload.batch();
        double step = (double) (heapBytes() - before) / steps;
        float[] pixels = new float[Workload.PIXELS];
        adapter.predict(pixels);
        before = heapBytes();
        for (int i = 0; i < PREDICTIONS; i++) {
            adapter.predict(pixels);
        }
        return Worker.number(step) + " " + Worker.number((double) (heapBytes() - before) / PREDICTIONS);
    }

    private static long heapBytes() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** The peak resident memory of this process as the kernel reports it, or 0 if it reports none. */
    static long peakResidentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
