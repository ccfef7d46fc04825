package io.jacobi.nn.check.layer;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import java.util.Optional;

/**
 * The inputs that a layer is checked on.
 *
 * @param shape of one example
 * @param source draws the inputs; empty for the standard normal
 * @param varied whether an input is a number that can be varied, and not a choice such as an index
 */
public record LayerInputs(Shape shape, Optional<Initializer> source, boolean varied) {

    /** The source of the inputs, or the standard normal. */
    public Initializer initializer() {
        return source.orElseGet(() -> Initializers.normal(0, 1));
    }

    /**
     * Whether the layer may be tried at any number, because no source narrows the inputs to where the layer is defined.
     */
    boolean areAnyNumbers() {
        return varied && source.isEmpty();
    }

    LayerInputs drawnFrom(Initializer other) {
        return new LayerInputs(shape, Optional.of(other), varied);
    }
}
