package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.TensorResult;
import java.util.List;

/**
 * What an experiment showed.
 *
 * @param tensors gradients that were compared
 * @param failure what was seen in place of what was claimed; empty if nothing, or if the tensors say all there is to say
 * @param note what was measured, for the report of what holds; empty if nothing
 */
public record Evidence(List<TensorResult> tensors, String failure, String note) {

    public Evidence {
        tensors = List.copyOf(tensors);
    }

    /** Nothing else was measured. */
    public Evidence(List<TensorResult> tensors, String failure) {
        this(tensors, failure, "");
    }

    public static Evidence of(String failure) {
        return new Evidence(List.of(), failure);
    }

    public static Evidence of(List<TensorResult> tensors) {
        return new Evidence(tensors, "");
    }
}
