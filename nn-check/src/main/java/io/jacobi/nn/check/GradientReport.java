package io.jacobi.nn.check;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.ReportTable;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The findings of a check.
 *
 * @param subject what was checked
 * @param findings every claim that was tested, with the gradients that were compared
 */
public record GradientReport(String subject, List<Finding> findings) {

    public GradientReport {
        findings = List.copyOf(findings);
    }

    static GradientReport of(Object subject, List<Claim> claims) {
        return new GradientReport(
                subject.toString(), claims.stream().map(Claim::test).toList());
    }

    /** Every comparison of a gradient, in the order of the findings. */
    public List<TensorResult> tensors() {
        return findings.stream().flatMap(f -> f.tensors().stream()).toList();
    }

    /** Whether every claim holds. */
    public boolean passed() {
        return findings.stream().allMatch(Finding::holds);
    }

    /** The largest relative error of any coordinate, by any oracle; NaN if a gradient is NaN. */
    public double worst() {
        return worst(tensors().stream());
    }

    /** The largest relative error by one oracle; 0 if nothing was compared with it. */
    public double worst(Oracle oracle) {
        return worst(by(oracle));
    }

    private static double worst(Stream<TensorResult> tensors) {
        return tensors.mapToDouble(t -> t.worst().relative()).max().orElse(0);
    }

    /** The number of coordinates that were compared with differences, over all batch sizes. */
    public int coordinates() {
        return sum(TensorResult::coordinates);
    }

    /** The number of coordinates that lay on kinks. */
    public int skipped() {
        return sum(TensorResult::skipped);
    }

    private int sum(ToIntFunction<TensorResult> count) {
        return by(Oracle.DIFFERENCES).mapToInt(count).sum();
    }

    private Stream<TensorResult> by(Oracle oracle) {
        return tensors().stream().filter(t -> t.oracle() == oracle);
    }

    /**
     * Returns this report, if it passed.
     *
     * @throws AssertionError with the report as its message, if it did not
     */
    public GradientReport orThrow() {
        if (!passed()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /**
     * Returns this report as a JSON object: {@code subject}, {@code passed}, {@code worst} and the {@code findings},
     * each with its {@code claim}, {@code batch}, {@code holds}, {@code failure}, {@code note} and {@code tensors}. A
     * tensor has {@code oracle}, {@code tensor}, {@code shape}, {@code passes}, {@code coordinates}, {@code
     * directions}, {@code skipped}, {@code tolerance}, and the largest {@code absolute} and {@code relative} error. For
     * the coordinate or direction with the largest relative error it has {@code where}, {@code analytic}, {@code
     * expected} and the {@code step} of the difference, and a {@code verdict} if it fails. Numbers that are not finite
     * are null.
     */
    public String toJson() {
        return ReportJson.of(this);
    }

    /** Each claim in a line; claims that compare gradients come last, in one table with a row for each gradient. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: gradient check %s, %s, worst relative error %.2e%n",
                subject,
                passed() ? "passed" : "FAILED",
                held(),
                worst()));
        findings.stream()
                .filter(finding -> finding.tensors().isEmpty())
                .forEach(finding -> text.append(finding.heading()).append('\n'));
        if (!tensors().isEmpty()) {
            ReportTable table = ReportTable.of(tensors());
            text.append(table.titles()).append('\n');
            findings.stream().filter(finding -> !finding.tensors().isEmpty()).forEach(finding -> {
                text.append(finding.heading()).append('\n');
                finding.tensors()
                        .forEach(t ->
                                table.rows(t).forEach(row -> text.append(row).append('\n')));
            });
        }
        return text.toString();
    }

    private String held() {
        long wrong = findings.stream().filter(finding -> !finding.holds()).count();
        return wrong == 0 ? findings.size() + " claims" : wrong + " of " + findings.size() + " claims are WRONG";
    }
}
