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
 * Affine (fully connected) layer: y = W x + b for each example.
 *
 * <pre>
 * x [batch, in]   weight W [out, in]   bias b [out]   y [batch, out]
 * Y = X Wᵀ + b
 * dW += dYᵀ X     db += Σ_batch dY     dX = dY W
 * </pre>
 *
 * The input must have rank 1 per example; otherwise {@link ShapeException} at build. Weights start as He et al. 2015, biases at 0.
 *
 * <p>Derivation: docs/derivations/affine.md. Source: Parr and Howard 2018, sections 4 and 5.
 *
 * @param units the length of one output, at least 1
 * @param bias whether b is added
 * @param weightInitializer how W starts
 */
public record Affine(int units, boolean bias, Initializer weightInitializer) implements Layer {

    public Affine {
        if (units < 1) {
            throw new IllegalArgumentException("Affine has " + units + " units\n  expected at least 1");
        }
    }

    /** With bias, started for ReLU. */
    public Affine(int units) {
        this(units, true, Initializers.heNormal());
    }

    /** Returns a copy without b, as before a normalization that has a shift of its own. */
    public Affine withoutBias() {
        return new Affine(units, false, weightInitializer);
    }

    /** Returns a copy with another start of W. */
    public Affine withWeightInitializer(Initializer initializer) {
        return new Affine(units, bias, initializer);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        if (input.rank() != 1) {
            throw ShapeException.input("rank 1 per example, [features]", input, "put a Flatten before it");
        }
        d.parameter("weight", Shape.of(units, input.dim(0)), weightInitializer);
        if (bias) {
            d.parameter("bias", Shape.of(units), Initializers.zeros());
        }
        return Shape.of(units);
    }

    @Override
    public void forward(Pass p) {
        if (bias) {
            // Y = b in every row, then Y += X Wᵀ: BLAS adds for nothing, a pass of its own would not
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
        // Y = b in every row   =>   db += Σ_batch dY
        if (bias) {
            Rows.addSum(p.scratch(), p.dy(), p.gradient("bias"));
        }
    }

    @Override
    public String toString() {
        return "Affine(" + units + (bias ? ")" : ", no bias)");
    }
}
