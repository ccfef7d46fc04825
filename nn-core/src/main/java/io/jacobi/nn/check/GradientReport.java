package io.jacobi.nn.check;

import java.util.List;
import java.util.Locale;

/**
 * What a gradient check found.
 *
 * @param subject what was checked
 * @param tolerance the largest relative error that passes
 * @param tensors one comparison for each gradient and batch size
 * @param findings the other claims that were tested
 */
public record GradientReport(String subject, double tolerance, List<TensorResult> tensors, List<Finding> findings) {

    public GradientReport {
        tensors = List.copyOf(tensors);
        findings = List.copyOf(findings);
    }

    /** Whether every comparison and every claim held. */
    public boolean passed() {
        return tensors.stream().allMatch(t -> t.passes(tolerance))
                && findings.stream().allMatch(Finding::holds);
    }

    /** The largest relative error of any coordinate; NaN if a gradient was NaN. */
    public double worst() {
        return tensors.stream().mapToDouble(t -> t.worst().relative()).max().orElse(0);
    }

    /** How many coordinates were compared, over all batch sizes. */
    public int coordinates() {
        return tensors.stream().mapToInt(TensorResult::coordinates).sum();
    }

    /** How many coordinates lay on kinks. */
    public int skipped() {
        return tensors.stream().mapToInt(TensorResult::skipped).sum();
    }

    /**
     * This report, if it passed.
     *
     * @throws AssertionError with the report as its message, if not
     */
    public GradientReport orThrow() {
        if (!passed()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: gradient check %s, worst relative error %.2e (tolerance %.0e)%n",
                subject,
                passed() ? "passed" : "FAILED",
                worst(),
                tolerance));
        for (TensorResult tensor : tensors) {
            text.append(tensor.passes(tolerance) ? "  ok    " : "  WRONG ")
                    .append(tensor)
                    .append('\n');
        }
        for (Finding finding : findings) {
            text.append(finding.holds() ? "  ok    " : "  WRONG ")
                    .append(finding.claim())
                    .append(", batch ")
                    .append(finding.batch())
                    .append(finding.holds() ? "" : ": " + finding.failure())
                    .append('\n');
        }
        return text.toString();
    }
}
