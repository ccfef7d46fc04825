package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.ReportTable;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.List;

/**
 * A claim about a layer or loss that was put to the test.
 *
 * @param claim what should hold, such as {@code gradients accumulate}
 * @param batch at which batch size
 * @param tensors the gradients that were compared, if it is about such
 * @param failure what was seen instead; empty if it holds, or if the tensors say what
 * @param note what was measured besides, if it holds; else empty
 */
public record Finding(String claim, int batch, List<TensorResult> tensors, String failure, String note) {

    public Finding {
        tensors = List.copyOf(tensors);
    }

    /** Whether it holds. */
    public boolean holds() {
        return failure.isEmpty() && tensors.stream().allMatch(TensorResult::passes);
    }

    /**
     * This, if it holds.
     *
     * @throws AssertionError that says what was seen, if not
     */
    public Finding orThrow(String subject) {
        if (!holds()) {
            throw new AssertionError(subject + ": " + toString().strip());
        }
        return this;
    }

    /** The claim, and whether it holds. */
    public String heading() {
        String seen = failure.isEmpty() ? note : failure;
        return (holds() ? "  ok    " : "  WRONG ") + claim + ", batch " + batch + (seen.isEmpty() ? "" : ": " + seen);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(heading()).append('\n');
        if (!tensors.isEmpty()) {
            ReportTable table = ReportTable.of(tensors);
            text.append(table.titles()).append('\n');
            tensors.forEach(
                    tensor -> table.rows(tensor).forEach(row -> text.append(row).append('\n')));
        }
        return text.toString();
    }
}
