package io.jacobi.nn.check;

import java.util.List;

/**
 * What an experiment showed.
 *
 * @param tensors gradients that were compared
 * @param failure what was seen in place of what was claimed; empty if nothing, or if the tensors say all there is to say
 */
public record Evidence(List<TensorResult> tensors, String failure) {

    public Evidence {
        tensors = List.copyOf(tensors);
    }

    static Evidence of(String failure) {
        return new Evidence(List.of(), failure);
    }

    static Evidence of(List<TensorResult> tensors) {
        return new Evidence(tensors, "");
    }
}
