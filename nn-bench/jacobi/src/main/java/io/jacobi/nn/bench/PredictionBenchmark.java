package io.jacobi.nn.bench;

import io.jacobi.nn.bench.worker.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures how fast each framework predicts with a stored W2 model on one thread. */
final class PredictionBenchmark {

    private static final Workload WORKLOAD = Workload.W2;
    private static final int CALLS = 10_000;
    private static final double SECONDS = 2;

    private final WorkloadData data;
    private final List<Framework> frameworks;
    private final int rounds;
    private final Map<Framework, Path> models = new HashMap<>();

    PredictionBenchmark(WorkloadData data, List<Framework> frameworks, int rounds) {
        this.data = data;
        this.frameworks = frameworks;
        this.rounds = rounds;
    }

    /** Measures the microseconds of a single prediction: the median and the 99th percentile of each round. */
    List<Result> latency() throws IOException {
        List<List<double[]>> answers = inTurn("latency " + CALLS);
        List<Result> results = new ArrayList<>();
        results.addAll(table("W2, one example, p50", "us", answers, pair -> pair[0]));
        results.addAll(table("W2, one example, p99", "us", answers, pair -> pair[1]));
        return results;
    }

    /** Measures predictions per second, 256 examples at a time. */
    List<Result> throughput() throws IOException {
        return table("W2, 256 examples at a time", "samples/s", inTurn("throughput " + SECONDS), value -> value[0]);
    }

    /** Measures the seconds from the start of the process to its first prediction. */
    List<Result> start() throws IOException {
        List<List<double[]>> seconds = new ArrayList<>();
        frameworks.forEach(framework -> seconds.add(new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < frameworks.size(); i++) {
                Path model = model(frameworks.get(i));
                long start = System.nanoTime();
                try (WorkerProcess worker = new WorkerProcess(frameworks.get(i), 1)) {
                    worker.ask(open(model));
                    double taken = (System.nanoTime() - start) / 1e9;
                    if (round > 0) {
                        seconds.get(i).add(new double[] {taken});
                    }
                }
            }
        }
        return table("W2, process start to first prediction", "s", seconds, value -> value[0]);
    }

    private static String open(Path model) {
        return "open " + WORKLOAD + " 1 " + model;
    }

    private List<List<double[]>> inTurn(String question) throws IOException {
        List<WorkerProcess> workers = new ArrayList<>();
        List<List<double[]>> answers = new ArrayList<>();
        try {
            for (Framework framework : frameworks) {
                WorkerProcess worker = new WorkerProcess(framework, 1);
                workers.add(worker);
                answers.add(new ArrayList<>());
                worker.ask(open(model(framework)));
            }
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < workers.size(); i++) {
                    double[] values = workers.get(i).numbers(question);
                    if (round > 0) {
                        answers.get(i).add(values);
                    }
                }
            }
        } finally {
            WorkerProcess.close(workers);
        }
        return answers;
    }

    private List<Result> table(
            String name, String unit, List<List<double[]>> answers, ToDoubleFunction<double[]> value) {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < frameworks.size(); i++) {
            List<Double> values =
                    answers.get(i).stream().mapToDouble(value).boxed().toList();
            results.add(new Result(name, frameworks.get(i).name(), unit, values, ""));
        }
        return results;
    }

    /** Returns a model trained for an epoch by the framework, or by Jacobi if the framework does not train. */
    private Path model(Framework framework) throws IOException {
        Framework author = framework.trains() ? framework : frameworks.get(0);
        Path known = models.get(author);
        if (known != null) {
            return known;
        }
        Path file = Files.createTempFile(data.directory(), "model", ".bin");
        try (WorkerProcess worker = new WorkerProcess(author, 1)) {
            worker.ask(TrainingBenchmark.build(data, WORKLOAD, 1));
            worker.ask("epoch");
            worker.ask("save " + file);
        }
        models.put(author, file);
        return file;
    }
}
