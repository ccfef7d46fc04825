package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Arrays;

/**
 * Layer normalization: gives each row of an example mean 0 and variance 1, then a scale and a shift for each of its
 * elements. A row runs along the last dimension, or is the whole example.
 *
 * <pre>
 * x, y [batch, ..., n]   weight γ [n]   bias β [n]
 * μ, σ² = mean and variance of a row
 * x̂ = (x − μ) / √(σ² + ε)     y = γ ∘ x̂ + β
 * dγ += Σ_rows dy ∘ x̂     dβ += Σ_rows dy     with g = γ ∘ dy:
 * dx = 1 / √(σ² + ε) (g − mean of g − x̂ · mean of g ∘ x̂)
 * </pre>
 *
 * No statistics are kept, so training and prediction do not differ, and examples do not affect each other. The input
 * has rank 1 per example or more.
 *
 * <p>Derivation: docs/derivations/layer-norm.md. Source: Ba, Kiros and Hinton 2016, equations 3 and 4.
 *
 * @param wholeExample whether a row is the whole example, whose shape weight and bias then have
 * @param epsilon ε, positive
 */
public record LayerNorm(boolean wholeExample, double epsilon) implements Layer {

    /** As in PyTorch. */
    private static final double DEFAULT_EPSILON = 1e-5;

    public LayerNorm {
        Normalization.requireEpsilon("LayerNorm", epsilon);
    }

    /** A normalization over the last dimension, with PyTorch's ε of 1e-5. */
    public LayerNorm() {
        this(false, DEFAULT_EPSILON);
    }

    /** Returns a copy that normalizes over the whole example. */
    public LayerNorm overWholeExample() {
        return new LayerNorm(true, epsilon);
    }

    /** Returns a copy with another ε. */
    public LayerNorm withEpsilon(double value) {
        return new LayerNorm(wholeExample, value);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        if (input.rank() == 0) {
            throw ShapeException.input("rank 1 per example or more", input, "give each example features");
        }
        Shape row = wholeExample ? input : Shape.of(input.dim(-1));
        long[] rows = wholeExample ? new long[0] : Arrays.copyOf(input.dims(), input.rank() - 1);
        // no weight decay: over whole examples their rank may be 2 or more, but they are a scale and a shift
        d.parameter("weight", row, Initializers.constant(1), false);
        d.parameter("bias", row, Initializers.zeros(), false);
        d.saved("normalized", input);
        d.saved("inverse_deviation", Shape.of(rows));
        return input;
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        Span y = s.span(p.y());
        Span normalized = s.span(p.saved("normalized"));
        Span inverses = s.span(p.saved("inverse_deviation"));
        int n = s.span(p.value("weight")).length();
        double[] weight = s.load(1, s.span(p.value("weight")), 0, n);
        double[] bias = s.load(2, s.span(p.value("bias")), 0, n);
        for (int row = 0; row < inverses.length(); row++) {
            double[] values = s.load(0, x, row * n, n);
            // x̂ = (x − μ) / √(σ² + ε)
            inverses.set(row, normalize(values, n));
            s.store(0, normalized, row * n, n);
            // y = γ ∘ x̂ + β
            for (int i = 0; i < n; i++) {
                values[i] = weight[i] * values[i] + bias[i];
            }
            s.store(0, y, row * n, n);
        }
    }

    /** Replaces x by x̂ and returns 1 / √(σ² + ε). */
    private double normalize(double[] x, int n) {
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += x[i];
        }
        mean /= n;
        // a second pass, because E[x²] − E[x]² cancels
        double variance = 0;
        double rest = 0;
        for (int i = 0; i < n; i++) {
            x[i] -= mean;
            variance += x[i] * x[i];
            rest += x[i];
        }
        double inverse = 1 / Math.sqrt(variance / n + epsilon);
        // the rounding of μ, 1e-10 where μ is 1e6: what is left of it in the variance is its square
        rest /= n;
        for (int i = 0; i < n; i++) {
            x[i] = (x[i] - rest) * inverse;
        }
        return inverse;
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        Span gradients = s.span(p.dy());
        Span normalized = s.span(p.saved("normalized"));
        Span inverses = s.span(p.saved("inverse_deviation"));
        Span weightGradient = s.span(p.gradient("weight"));
        Span biasGradient = s.span(p.gradient("bias"));
        int n = weightGradient.length();
        double[] weight = s.load(2, s.span(p.value("weight")), 0, n);
        double[] ofWeight = s.load(3, weightGradient, 0, n);
        double[] ofBias = s.load(4, biasGradient, 0, n);
        for (int row = 0; row < inverses.length(); row++) {
            double[] dy = s.load(0, gradients, row * n, n);
            double[] hat = s.load(1, normalized, row * n, n);
            // y = γ ∘ x̂ + β   =>   dβ += Σ_rows dy,   dγ += Σ_rows dy ∘ x̂,   dx̂ = γ ∘ dy
            for (int i = 0; i < n; i++) {
                ofBias[i] += dy[i];
                ofWeight[i] += dy[i] * hat[i];
            }
            if (p.needsInputGradient()) {
                gradientOfRow(dy, hat, weight, inverses.get(row), n);
                s.store(0, s.span(p.dx()), row * n, n);
            }
        }
        s.store(3, weightGradient, 0, n);
        s.store(4, biasGradient, 0, n);
    }

    /**
     * Replaces dy by dx: x̂ = (x − μ) / √(σ² + ε)   =>   dx = (g − mean of g − x̂ · mean of g ∘ x̂) / √(σ² + ε), where
     * g = γ ∘ dy.
     */
    private static void gradientOfRow(double[] dy, double[] hat, double[] weight, double inverse, int n) {
        double sum = 0;
        double dot = 0;
        for (int i = 0; i < n; i++) {
            dy[i] *= weight[i];
            sum += dy[i];
            dot += dy[i] * hat[i];
        }
        for (int i = 0; i < n; i++) {
            dy[i] = inverse * (dy[i] - sum / n - hat[i] * dot / n);
        }
    }

    @Override
    public String toString() {
        return wholeExample ? "LayerNorm(whole example)" : "LayerNorm";
    }
}
