package io.jacobi.nn.layers;

import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers one after another, as one layer: a nested sequential model.
 *
 * <pre>
 * y = fₙ(… f₂(f₁(x)))     dx = J₁ᵀ(… (Jₙᵀ dy))
 * </pre>
 *
 * Takes what its first layer takes. Parameters are stored as {@code <path>.<index>.<name>}, like those of a
 * {@code torch.nn.Sequential} inside another.
 *
 * <p>Derivation: docs/derivations/chain.md.
 *
 * @param layers at least one
 */
public record Chain(List<Layer> layers) implements Layer {

    public Chain {
        layers = Composites.requireLayers("Chain", layers);
    }

    /** These layers, in this order. */
    public static Chain of(Layer... layers) {
        return new Chain(List.of(layers));
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return d.branch("", layers, input, Link.X, Link.Y, Link.DY, Link.DX);
    }

    @Override
    public void forward(Pass p) {
        p.branch("").forward();
    }

    @Override
    public void backward(Pass p) {
        p.branch("").backward();
    }

    @Override
    public boolean couplesExamples() {
        return Composites.coupleExamples(layers);
    }

    @Override
    public OutputKind outputKind() {
        return layers.get(layers.size() - 1).outputKind();
    }

    @Override
    public String toString() {
        return "Chain(" + layers.stream().map(Layer::toString).collect(Collectors.joining(", ")) + ")";
    }
}
