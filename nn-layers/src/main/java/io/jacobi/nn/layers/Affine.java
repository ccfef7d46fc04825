package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.MatMul;
import io.jacobi.nn.math.Rows;

/**
 * Affine (fully connected) layer: y = W x + b for each vector x along the last dimension.
 *
 * <pre>
 * x [batch, ..., in]   weight W [out, in]   bias b [out]   y [batch, ..., out]
 * with all vectors of the batch as the rows of X and Y:
 * Y = X Wᵀ + b
 * dW += dYᵀ X     db += Σ_rows dY     dX = dY W
 * </pre>
 *
 * The input must have rank 1 per example or more, as in {@code torch.nn.Linear}; otherwise {@link ShapeException} at
 * build. The weights of a whole image need a {@link Flatten} before the layer. Weights start as in He et al. 2015,
 * biases at 0.
 *
 * <p>Derivation: docs/derivations/affine.md. Source: Parr and Howard 2018, sections 4 and 5.
 *
 * @param units the length of the last dimension of the output, at least 1
 * @param bias whether b is added
 * @param weightInitializer the start of W
 */
public record Affine(int units, boolean bias, Initializer weightInitializer) implements Layer {

    public Affine {
        if (units < 1) {
            throw new IllegalArgumentException("Affine has " + units + " units\n  expected at least 1");
        }
    }

    /** A layer with bias, whose weights start for a ReLU after it. */
    public Affine(int units) {
        this(units, true, Initializers.heNormal());
    }

    /** Returns a copy without b, for a normalization after it that has a shift of its own. */
    public Affine withoutBias() {
        return new Affine(units, false, weightInitializer);
    }

    /** Returns a copy with another start of W. */
    public Affine withWeightInitializer(Initializer initializer) {
        return new Affine(units, bias, initializer);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        if (input.rank() == 0) {
            throw ShapeException.input(
                    "rank 1 per example or more, [..., features]",
                    input,
                    "give each example a dimension of features; a single number is [1]");
        }
        d.parameter("weight", Shape.of(units, input.dim(-1)), weightInitializer);
        if (bias) {
            d.parameter("bias", Shape.of(units), Initializers.zeros());
        }
        long[] output = input.dims();
        output[output.length - 1] = units;
        return Shape.of(output);
    }

    @Override
    public void forward(Pass p) {
        if (bias) {
            // Y = b in every row, then Y += X Wᵀ: in BLAS the addition costs nothing
            Rows.fill(p.scratch(), p.value("bias"), p.y());
            MatMul.addAbT(p.scratch(), p.x(), p.value("weight"), p.y());
        } else {
            MatMul.abT(p.scratch(), p.x(), p.value("weight"), p.y());
        }
    }

    @Override
    public void backward(Pass p) {
        // Y += X Wᵀ   =>   dW += dYᵀ X   and   dX = dY W
        MatMul.addATb(p.scratch(), p.dy(), p.x(), p.gradient("weight"));
        if (p.needsInputGradient()) {
            MatMul.ab(p.scratch(), p.dy(), p.value("weight"), p.dx());
        }
        // Y = b in every row   =>   db += Σ_rows dY
        if (bias) {
            Rows.addSum(p.scratch(), p.dy(), p.gradient("bias"));
        }
    }

    @Override
    public String toString() {
        return "Affine(" + units + (bias ? ")" : ", no bias)");
    }
}
