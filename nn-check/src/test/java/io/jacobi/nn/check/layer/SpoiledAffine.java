package io.jacobi.nn.check.layer;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.math.Vectors;

/** A right affine layer, 5 to 5; each implementation spoils one method. */
public interface SpoiledAffine extends Layer {

    /** The layer without the mistake. */
    Dense RIGHT = new Dense(5);

    @Override
    default Shape declare(Shape input, Declarations d) {
        return RIGHT.declare(input, d);
    }

    @Override
    default void forward(Pass p) {
        RIGHT.forward(p);
    }

    @Override
    default void backward(Pass p) {
        RIGHT.backward(p);
    }

    /** dx = factor · dx, if there is a dx. */
    static void scaleDx(Pass p, double factor) {
        if (p.needsInputGradient()) {
            Vectors.scale(p.scratch(), factor, p.dx());
        }
    }
}
