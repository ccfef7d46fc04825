package io.jacobi.nn.layers;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import java.util.List;

/**
 * A gradient check for every layer of this package, in the configurations that take different paths through its code. The tests
 * run them, and so does {@code jacobi gradcheck}; a layer that is not here is not supported.
 */
public final class LayerChecks {

    private LayerChecks() {}

    /** All checks, in the order of the alphabet. */
    public static List<GradientCheck> all() {
        return List.of(
                GradientCheck.of(new Affine(3)).input(Shape.of(5)),
                GradientCheck.of(new Affine(1)).input(Shape.of(1)),
                GradientCheck.of(new Affine(4).withoutBias()).input(Shape.of(2)),
                GradientCheck.of(Chain.of(new Affine(4), new Tanh(), new Affine(2)))
                        .input(Shape.of(3)),
                GradientCheck.of(new Flatten()).input(Shape.of(2, 3, 4)),
                GradientCheck.of(new Relu()).input(Shape.of(2, 3)),
                GradientCheck.of(Residual.of(new Affine(4), new Tanh(), new Affine(3)))
                        .input(Shape.of(3)),
                GradientCheck.of(Residual.of(Chain.of(new Affine(3), new Relu()), Residual.of(new Sigmoid())))
                        .input(Shape.of(3)),
                GradientCheck.of(new Sigmoid()).input(Shape.of(7)),
                GradientCheck.of(new Tanh()).input(Shape.of(7)));
    }
}
