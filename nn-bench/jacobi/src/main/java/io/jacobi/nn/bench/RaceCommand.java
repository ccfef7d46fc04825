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

/** Jacobi against every peer that was built, each in its own process, turn by turn. */
@Command(
        name = "race",
        description = {
            "Trains and predicts with Jacobi and with every peer that was built, each in a process of its own.",
            "All take their turns in every round, so that a machine whose speed drifts is fair; what is printed are",
            "medians over the rounds and ratios within them. Peers: mvn -Pbench,peers -DskipTests package."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RaceCommand implements Callable<Integer> {

    /** What is measured. */
    enum Measurement {
        TRAINING,
        LATENCY,
        THROUGHPUT,
        START,
        MEMORY
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--events", split = ",", description = "What is measured: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Measurement> measurements = Set.of(Measurement.values());

    @Option(
            names = "--workloads",
            split = ",",
            description = "What is trained: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private List<Workload> workloads = List.of(Workload.W1, Workload.W2, Workload.W3);

    private static final String NONE = "none";

    @Option(
            names = "--peers",
            description = "Which peers race: those with this in their names, or " + NONE + " of them. Default: all.")
    private String peers = "";

    @Option(names = "--threads", split = ",", description = "Numbers of threads. Default: ${DEFAULT-VALUE}.")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", description = "Measured rounds, after what warms each up. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--convolutional-examples",
            description = "Training examples of W3, which takes some peers minutes. Default: ${DEFAULT-VALUE}.")
    private int convolutionalExamples = 6000;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every value of every round.")
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

    /** Jacobi, and the peers that were asked for. */
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
                    "No peer has \"" + peers + "\" in its name\n  expected a part of one of "
                            + built.stream()
                                    .filter(Framework::isPeer)
                                    .map(Framework::name)
                                    .toList()
                            + ", or " + NONE
                            + "\n  fix: peers that are not there: mvn -Pbench,peers -DskipTests package");
        }
        return chosen;
    }

    /** Prints these tables. */
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
