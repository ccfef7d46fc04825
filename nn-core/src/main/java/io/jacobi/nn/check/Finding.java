package io.jacobi.nn.check;

import java.util.List;

/**
 * A claim about a layer or loss that was put to the test.
 *
 * @param claim what should hold, such as {@code gradients accumulate}
 * @param batch at which batch size
 * @param tensors the gradients that were compared, if it is about such
 * @param failure what was seen instead; empty if it holds, or if the tensors say what
 */
public record Finding(String claim, int batch, List<TensorResult> tensors, String failure) {

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

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(holds() ? "  ok    " : "  WRONG ")
                .append(claim)
                .append(", batch ")
                .append(batch)
                .append(failure.isEmpty() ? "" : ": " + failure)
                .append('\n');
        tensors.forEach(tensor -> text.append(tensor.passes() ? "    ok    " : "    WRONG ")
                .append(tensor)
                .append('\n'));
        return text.toString();
    }
}
