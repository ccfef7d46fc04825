package io.jacobi.nn.bench;

import io.jacobi.nn.bench.worker.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares Jacobi with every peer that was built, each in its own process, in turns. */
@Command(
        name = "race",
        description = {
            "Compare the speed of Jacobi with every peer that was built, each in its own process.",
            "All frameworks take turns in every round, so that a drift of the machine's speed affects them equally. Prints"
                    + " the median of the rounds, and the median of the ratios within each round. To build the peers: mvn"
                    + " -Pbench,peers -DskipTests package."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RaceCommand implements Callable<Integer> {

    /** A measurement, or a group of them. */
    enum Measurement {
        TRAINING,
        LATENCY,
        THROUGHPUT,
        START,
        MEMORY
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--events", split = ",", description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Measurement> measurements = Set.of(Measurement.values());

    @Option(
            names = "--workloads",
            split = ",",
            description = "What to train: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private List<Workload> workloads = List.of(Workload.W1, Workload.W2, Workload.W3);

    private static final String NONE = "none";

    @Option(names = "--peers", description = "Only peers with this in their names, or " + NONE + ". Default: all.")
    private String peers = "";

    @Option(
            names = "--threads",
            split = ",",
            description = "Numbers of threads to train with. Default: ${DEFAULT-VALUE}.")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", description = "Measured rounds, after a warm-up. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--convolutional-examples",
            description =
                    "Training examples of W3, an epoch of which takes some peers minutes. Default: ${DEFAULT-VALUE}.")
    private int convolutionalExamples = 6000;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every value of every round to this file.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Framework> frameworks = frameworks();
        List<Result> results = new ArrayList<>();
        try (WorkloadData data = WorkloadData.prepare(convolutionalExamples)) {
            if (measurements.contains(Measurement.TRAINING)) {
                for (Workload workload : workloads) {
                    report(out, results, TrainingBenchmark.run(data, frameworks, workload, threads, rounds), false);
                }
            }
            PredictionBenchmark predictions = new PredictionBenchmark(data, frameworks, rounds);
            if (measurements.contains(Measurement.LATENCY)) {
                report(out, results, predictions.latency(), true);
            }
            if (measurements.contains(Measurement.THROUGHPUT)) {
                report(out, results, predictions.throughput(), false);
            }
            if (measurements.contains(Measurement.START)) {
                report(out, results, predictions.start(), true);
            }
            if (measurements.contains(Measurement.MEMORY)) {
                report(out, results, TrainingBenchmark.memory(data, frameworks), true);
            }
        }
        if (json.isPresent()) {
            ResultsFile.write(json.get(), results);
        }
        return 0;
    }

    /** Returns Jacobi and the chosen peers. */
    private List<Framework> frameworks() throws IOException {
        List<Framework> built = Framework.all();
        String part = peers.toLowerCase(Locale.ROOT);
        List<Framework> chosen = built.stream()
                .filter(framework -> !framework.isPeer()
                        || framework.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        if (chosen.size() == 1 && !part.isEmpty() && !part.equals(NONE)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "No peer that was built has \"" + peers + "\" in its name\n  expected a part of one of "
                            + built.stream()
                                    .filter(Framework::isPeer)
                                    .map(Framework::name)
                                    .toList()
                            + ", or " + NONE
                            + "\n  fix: build the missing peers: mvn -Pbench,peers -DskipTests package");
        }
        return chosen;
    }

    /** Prints the results as tables, and adds them to {@code all}. */
    private static void report(PrintWriter out, List<Result> all, List<Result> results, boolean lessIsBetter) {
        all.addAll(results);
        String table = "";
        Result jacobi = null;
        for (Result result : results) {
            if (!result.table().equals(table)) {
                table = result.table();
                jacobi = result;
                out.printf(Locale.ROOT, "%n%s, %s%n", table, result.unit());
                out.printf(Locale.ROOT, "  %-26s %10s %10s %10s  %7s%n", "", "median", "least", "most", "Jacobi");
            }
            if (jacobi != null) {
                out.printf(
                        Locale.ROOT,
                        "  %-26s %,10.4g %,10.4g %,10.4g  %6.2fx  %s%n",
                        result.name(),
                        result.median(),
                        result.least(),
                        result.greatest(),
                        jacobi.ratio(result, lessIsBetter),
                        result.remark());
            }
        }
        out.flush();
    }
}
