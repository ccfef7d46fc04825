package io.jacobi.nn.layers;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A skip connection around layers: they learn what is to be added to their input.
 *
 * <pre>
 * y = x + f(x)     dx = dy + J_fᵀ dy
 * </pre>
 *
 * The layers inside must give the shape that they take. Parameters are stored as {@code <path>.<index>.<name>}.
 *
 * <p>Derivation: docs/derivations/residual.md. Source: He et al. 2016, equation 1.
 *
 * @param layers f, at least one
 */
public record Residual(List<Layer> layers) implements Layer {

    public Residual {
        layers = Composites.requireLayers("Residual", layers);
    }

    /** Around these layers, in this order. */
    public static Residual of(Layer... layers) {
        return new Residual(List.of(layers));
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        Shape output = d.branch("", layers, input, Link.X, Link.DY, Link.DX);
        if (!output.equals(input)) {
            throw new ShapeException(
                    "the output of the layers inside cannot be added to the input",
                    "layers that give " + input + ", the shape that they take",
                    output.toString(),
                    "give the last layer inside as many units or channels as the input has");
        }
        return output;
    }

    @Override
    public void forward(Pass p) {
        Branch f = p.branch("");
        f.forward();
        // y = x + f(x)
        Vectors.copy(p.scratch(), p.x(), p.y());
        Vectors.addScaled(p.scratch(), 1, f.y(), p.y());
    }

    @Override
    public void backward(Pass p) {
        // dx = J_fᵀ dy
        p.branch("").backward();
        if (p.needsInputGradient()) {
            // y = x + f(x)   =>   dx += dy
            Vectors.addScaled(p.scratch(), 1, p.dy(), p.dx());
        }
    }

    @Override
    public boolean couplesExamples() {
        return Composites.coupleExamples(layers);
    }

    @Override
    public String toString() {
        return "Residual(" + layers.stream().map(Layer::toString).collect(Collectors.joining(", ")) + ")";
    }
}
