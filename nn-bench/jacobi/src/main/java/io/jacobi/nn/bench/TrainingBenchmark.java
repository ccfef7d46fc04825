package io.jacobi.nn.bench;

import io.jacobi.nn.bench.worker.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Who trains fastest, epoch by epoch in turn, and learns. */
final class TrainingBenchmark {

    /** How long each trains before the first round: the just-in-time compiler is at work for many epochs of a small network. */
    private static final double WARM_UP_SECONDS = 5;

    private TrainingBenchmark() {}

    /**
     * Samples a second, a table for each number of threads. All numbers of threads run in one round as all frameworks do, so that they can
     * be compared, and a table says how far apart the processors were.
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
                String table = workload + " training, a number from one thread to another and back";
                results.add(new Result(table, "this machine", "ns", roundTrips, ""));
            }
            return results;
        } finally {
            WorkerProcess.close(runs.stream().map(run -> run.worker).toList());
        }
    }

    /** One framework on so many threads. */
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

        /** Whole epochs that are not counted. */
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

    /** Peak resident memory of a process that trains W2 for two epochs; heap that a step and a prediction of Jacobi allocate. */
    static List<Result> memory(WorkloadData data, List<Framework> frameworks) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Framework framework : frameworks) {
            if (framework.trains()) {
                try (WorkerProcess worker = new WorkerProcess(framework, 1, data.log())) {
                    worker.ask(build(data, Workload.W2, 1));
                    worker.number("epoch");
                    double[] bytes = worker.numbers("allocated");
                    double megabytes = worker.number("memory") / 1024;
                    String heap =
                            String.format(Locale.ROOT, "heap: %.0f B a step, %.0f B a prediction", bytes[0], bytes[1]);
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
                    WorkerProcess worker = new WorkerProcess(framework, number, data.log());
                    runs.add(new TrainingRun(worker, number, data.trainingExamples(workload)));
                    worker.ask(build(data, workload, number));
                }
            }
        }
        return runs;
    }

    /** What a worker is told before it trains. */
    static String build(WorkloadData data, Workload workload, int threads) {
        return "build " + workload + " " + threads + " " + data.directory(workload);
    }
}
