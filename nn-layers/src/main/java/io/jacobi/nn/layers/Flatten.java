package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;

/**
 * Flatten: turns each example into a vector of the same elements in the same order.
 *
 * <pre>
 * x [batch, d₁, d₂, ...]   y [batch, d₁ d₂ ...]
 * y = x     dx = dy, in the shape of x
 * </pre>
 *
 * Any shape, [] included.
 *
 * <p>Derivation: docs/derivations/flatten.md.
 */
public record Flatten() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        return Shape.of(input.size());
    }

    @Override
    public void forward(Pass p) {
        Vectors.copy(p.scratch(), p.x(), p.y());
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = x   =>   dx = dy
            Vectors.copy(p.scratch(), p.dy(), p.dx());
        }
    }

    @Override
    public String toString() {
        return "Flatten";
    }
}
