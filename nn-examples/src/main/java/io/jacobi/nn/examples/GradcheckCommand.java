package io.jacobi.nn.examples;

import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.layers.LayerChecks;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the gradient of every layer and loss, and fails if one is wrong. */
@Command(
        name = "gradcheck",
        description = {
            "Check every layer and loss against central differences in double.",
            "Prints the worst relative error over every coordinate of the input and of all parameters."
        },
        sortOptions = false)
final class GradcheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--layer", paramLabel = "NAME", description = "Only the layers and losses whose name starts so.")
    private Optional<String> layer = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<GradientReport> reports = Stream.concat(
                        LayerChecks.all().stream()
                                .filter(check -> isWanted(check.subject()))
                                .map(check -> check.report()),
                        LossChecks.all().stream()
                                .filter(check -> isWanted(check.subject()))
                                .map(check -> check.report()))
                .toList();
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("There is no layer or loss \"" + layer.orElse("")
                    + "\"\n  expected the start of one of " + names());
        }
        int width = reports.stream()
                .mapToInt(report -> report.subject().length())
                .max()
                .orElse(0);
        String row = "%-" + width + "s  %-8s  %11s  %8s  %-8s%n";
        out.printf(Locale.ROOT, row, "", "batches", "coordinates", "on kinks", "worst");
        for (GradientReport report : reports) {
            out.printf(
                    Locale.ROOT,
                    row,
                    report.subject(),
                    batches(report),
                    report.coordinates(),
                    report.skipped(),
                    String.format(Locale.ROOT, "%.1e%s", report.worst(), report.passed() ? "" : "  FAILED"));
        }
        reports.stream().filter(report -> !report.passed()).forEach(out::print);
        long failed = reports.stream().filter(report -> !report.passed()).count();
        out.println(failed == 0 ? reports.size() + " passed" : failed + " of " + reports.size() + " FAILED");
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private boolean isWanted(Object subject) {
        String name = subject.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return layer.map(wanted -> name.startsWith(wanted.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    private static String batches(GradientReport report) {
        return report.findings().stream()
                .map(finding -> Integer.toString(finding.batch()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> names() {
        return Stream.concat(
                        LayerChecks.all().stream().map(check -> check.subject().getClass()),
                        LossChecks.all().stream().map(check -> check.subject().getClass()))
                .map(Class::getSimpleName)
                .distinct()
                .toList();
    }
}
