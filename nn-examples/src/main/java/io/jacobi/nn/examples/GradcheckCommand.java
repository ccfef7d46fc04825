package io.jacobi.nn.examples;

import io.jacobi.nn.check.Checkable;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.check.PenaltyChecks;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.layers.check.NetworkChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the gradients of every layer, loss and penalty, and of small networks, and fails if one is wrong. */
@Command(
        name = "gradcheck",
        description = {
            "Check the gradients of every layer, loss and penalty, and of small networks.",
            "Gradients are computed in double and compared with central differences, with the five-point stencil if the"
                    + " layer is smooth, and with a scalar implementation of the same formula, differentiated in reverse"
                    + " and in forward mode. The contract of each is checked as well. Networks are checked as they are"
                    + " trained, at the start and after twenty steps.",
            "Prints the worst relative error over all coordinates of the input and of the parameters; with --layer also a"
                    + " table with a row for each gradient."
        },
        sortOptions = false)
final class GradcheckCommand implements Callable<Integer> {

    // created on demand: this object exists whichever command runs, and the checks hold native memory
    private final Supplier<List<? extends Checkable>> checks;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "Check only layers, losses and penalties whose name starts with NAME, or networks: Network.")
    private Optional<String> layer = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write every finding to this file as JSON.")
    private Optional<Path> json = Optional.empty();

    /** Checks Jacobi's layers, losses and penalties, and networks made of them. */
    GradcheckCommand() {
        this(() -> Stream.of(LayerChecks.all(), LossChecks.all(), PenaltyChecks.all(), NetworkChecks.all())
                .<Checkable>flatMap(List::stream)
                .toList());
    }

    GradcheckCommand(Supplier<List<? extends Checkable>> checks) {
        this.checks = checks;
    }

    @Override
    public Integer call() throws IOException {
        List<? extends Checkable> all = checks.get();
        List<? extends Checkable> wanted = all.stream().filter(this::isWanted).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("There is no layer, loss, penalty or network \"" + layer.orElse("")
                    + "\"\n  expected the start of one of " + names(all));
        }
        Optional<JsonFile> file = json.isPresent() ? Optional.of(JsonFile.at(json.get())) : Optional.empty();
        PrintWriter out = spec.commandLine().getOut();
        List<GradientReport> reports = new ArrayList<>();
        wanted.forEach(check -> reports.add(check.report()));
        print(out, reports);
        if (file.isPresent()) {
            file.get().write(generator -> {
                generator.writeArrayPropertyStart("reports");
                reports.forEach(report -> generator.writeRawValue(report.toJson()));
                generator.writeEndArray();
            });
        }
        return reports.stream().allMatch(GradientReport::passed) ? 0 : 1;
    }

    private void print(PrintWriter out, List<GradientReport> reports) {
        int width = reports.stream()
                .mapToInt(report -> report.subject().length())
                .max()
                .orElse(0);
        String row = "%-" + width + "s  %-8s  %11s  %8s  %11s  %8s  %8s  %8s  %6s%n";
        out.printf(
                Locale.ROOT,
                row,
                "",
                "batches",
                "coordinates",
                "on kinks",
                "differences",
                "5-point",
                "scalars",
                "duals",
                "claims");
        for (GradientReport report : reports) {
            out.printf(
                    Locale.ROOT,
                    row,
                    report.subject(),
                    batches(report),
                    report.coordinates(),
                    report.skipped(),
                    worst(report, Oracle.DIFFERENCES),
                    worst(report, Oracle.FIVE_POINT),
                    worst(report, Oracle.SCALARS),
                    worst(report, Oracle.DUALS),
                    report.findings().size() + (report.passed() ? "" : "  FAILED"));
        }
        reports.stream()
                .filter(report -> layer.isPresent() || !report.passed())
                .forEach(report -> out.printf(Locale.ROOT, "%n%s", report));
        long failed = reports.stream().filter(report -> !report.passed()).count();
        out.println(failed == 0 ? reports.size() + " passed" : failed + " of " + reports.size() + " FAILED");
        out.flush();
    }

    private static String worst(GradientReport report, Oracle oracle) {
        boolean asked = report.tensors().stream().anyMatch(tensor -> tensor.oracle() == oracle);
        return asked ? String.format(Locale.ROOT, "%.1e", report.worst(oracle)) : "";
    }

    private boolean isWanted(Checkable check) {
        String name = name(check).toLowerCase(Locale.ROOT);
        return layer.map(wanted -> name.startsWith(wanted.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    private static String batches(GradientReport report) {
        return report.findings().stream()
                .map(finding -> Integer.toString(finding.batch()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> names(List<? extends Checkable> all) {
        return all.stream().map(GradcheckCommand::name).distinct().toList();
    }

    private static String name(Checkable check) {
        return check.subject().getClass().getSimpleName();
    }
}
