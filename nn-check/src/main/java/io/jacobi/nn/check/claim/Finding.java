package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.ReportTable;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.List;

/**
 * A claim that was tested.
 *
 * @param claim the statement, such as {@code gradients accumulate}
 * @param batch the batch size
 * @param tensors the gradients that were compared, if the claim is about gradients
 * @param failure what was observed instead; empty if the claim holds, or if the tensors say what is wrong
 * @param note what was measured besides, if the claim holds; otherwise empty
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
     * Returns this finding, if the claim holds.
     *
     * @throws AssertionError that says what was observed, if it does not
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
