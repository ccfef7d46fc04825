package io.jacobi.nn.bench;

import io.jacobi.nn.bench.worker.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measures how fast each framework trains, in turns of one epoch, and the accuracy that it reaches. */
final class TrainingBenchmark {

    /** How long each trains before the first round, because the JIT compiler needs many epochs of a small network. */
    private static final double WARM_UP_SECONDS = 5;

    private TrainingBenchmark() {}

    /**
     * Measures samples per second, in a table for each number of threads. Every round runs each framework with each
     * number of threads, so that these can be compared too. A further table has the cache-line latency between the
     * processors.
     */
    static List<Result> run(
            WorkloadData data, List<Framework> frameworks, Workload workload, List<Integer> threads, int rounds)
            throws IOException {
        List<TrainingRun> runs = start(data, frameworks, workload, threads);
        List<Double> roundTrips = new ArrayList<>();
        try {
            for (TrainingRun run : runs) {
                run.warmUp();
            }
            for (int round = 0; round < rounds; round++) {
                if (Collections.max(threads) > 1 && Runtime.getRuntime().availableProcessors() > 1) {
                    roundTrips.add(CacheLineRoundTrip.nanos());
                }
                for (TrainingRun run : runs) {
                    run.round();
                }
            }
            List<Result> results = new ArrayList<>();
            for (TrainingRun run : runs) {
                results.add(run.result(workload));
            }
            if (!roundTrips.isEmpty()) {
                String table = workload + " training, cache-line round trip between two threads";
                results.add(new Result(table, "this machine", "ns", roundTrips, ""));
            }
            return results;
        } finally {
            WorkerProcess.close(runs.stream().map(run -> run.worker).toList());
        }
    }

    /** The training of one framework on a given number of threads. */
    private static final class TrainingRun {

        private final WorkerProcess worker;
        private final int threads;
        private final int examples;
        private final List<Double> speeds = new ArrayList<>();
        private int epochs;

        TrainingRun(WorkerProcess worker, int threads, int examples) {
            this.worker = worker;
            this.threads = threads;
            this.examples = examples;
        }

        /** Trains for whole epochs that are not measured. */
        void warmUp() throws IOException {
            double trained = 0;
            while (trained < WARM_UP_SECONDS) {
                trained += epoch();
            }
        }

        void round() throws IOException {
            speeds.add(examples / epoch());
        }

        private double epoch() throws IOException {
            epochs++;
            return worker.number("epoch");
        }

        Result result(Workload workload) throws IOException {
            String learned =
                    String.format(Locale.ROOT, "accuracy %.4f after %d epochs", worker.number("accuracy"), epochs);
            String table = workload + " training, " + threads + (threads == 1 ? " thread" : " threads");
            return new Result(table, worker.framework().name(), "samples/s", speeds, learned);
        }
    }

    /**
     * Measures the peak resident memory of training W2 for two epochs, and the heap allocated per step and per
     * prediction.
     */
    static List<Result> memory(WorkloadData data, List<Framework> frameworks) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Framework framework : frameworks) {
            if (framework.trains()) {
                try (WorkerProcess worker = new WorkerProcess(framework, 1)) {
                    worker.ask(build(data, Workload.W2, 1));
                    worker.number("epoch");
                    double[] bytes = worker.numbers("allocated");
                    double megabytes = worker.number("memory") / 1024;
                    String heap = String.format(
                            Locale.ROOT, "heap: %.0f B per step, %.0f B per prediction", bytes[0], bytes[1]);
                    results.add(new Result(
                            "W2 training, peak resident memory", framework.name(), "MiB", List.of(megabytes), heap));
                }
            }
        }
        return results;
    }

    private static List<TrainingRun> start(
            WorkloadData data, List<Framework> frameworks, Workload workload, List<Integer> threads)
            throws IOException {
        List<TrainingRun> runs = new ArrayList<>();
        for (int number : threads) {
            for (Framework framework : frameworks) {
                if (framework.trains()) {
                    WorkerProcess worker = new WorkerProcess(framework, number);
                    runs.add(new TrainingRun(worker, number, data.trainingExamples(workload)));
                    worker.ask(build(data, workload, number));
                }
            }
        }
        return runs;
    }

    /** Returns the command that prepares a worker for training. */
    static String build(WorkloadData data, Workload workload, int threads) {
        return "build " + workload + " " + threads + " " + data.directory(workload);
    }
}
