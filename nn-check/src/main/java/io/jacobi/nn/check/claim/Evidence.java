package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.TensorResult;
import java.util.List;

/**
 * The result of an experiment.
 *
 * @param tensors the gradients that were compared
 * @param failure what was observed instead of what was claimed; empty if the claim holds, or if the tensors say
 *     everything
 * @param note what was measured, for the report of a claim that holds; empty if nothing
 */
public record Evidence(List<TensorResult> tensors, String failure, String note) {

    public Evidence {
        tensors = List.copyOf(tensors);
    }

    /** Evidence without a note. */
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
