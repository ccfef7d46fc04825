package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.ErrorFunction;

/**
 * Gaussian error linear unit: x times the probability that a standard normal variable is below x.
 *
 * <pre>
 * y = x Φ(x)        Φ(x) = erfc(−x/√2) / 2,  φ(x) = e^(−x²/2) / √(2π)     dx = dy · (Φ(x) + x φ(x))
 *
 * y = x σ(2u)       u = √(2/π) (x + 0.044715 x³)                          dx = dy · (s + 2 x s (1 − s) u'),  s = σ(2u)
 * </pre>
 *
 * The second form is the approximation by tanh, because σ(2u) = (1 + tanh u) / 2. It differs by at most 5e-4. Any
 * shape. Smooth; finite for |x| up to 1e150; NaN stays NaN.
 *
 * <p>Derivation: docs/derivations/gelu.md. Source: Hendrycks and Gimpel 2016, section 2.
 *
 * @param form the form that is computed
 */
public record Gelu(Form form) implements Layer {

    /** How the distribution function of the normal distribution is computed. */
    public enum Form {
        /** By the error function, the first form. */
        EXACT,
        /** By a hyperbolic tangent, the second form, with which GPT-2 and the first code of BERT were trained. */
        TANH
    }

    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    /** The factor of x³ in the approximation by tanh, from Hendrycks and Gimpel 2016. */
    public static final double CUBIC = 0.044715;

    /** A GELU in the exact form. */
    public Gelu() {
        this(Form.EXACT);
    }

    /** A GELU in the approximation by tanh. */
    public static Gelu tanh() {
        return new Gelu(Form.TANH);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), form == Form.EXACT ? Gelu::exact : Gelu::approximate);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = x Φ(x)    =>   dx = dy · (Φ(x) + x φ(x))
            // y = x σ(2u)   =>   dx = dy · (s + 2 x s (1 − s) u')
            Elementwise.map(
                    p.scratch(),
                    p.x(),
                    p.dy(),
                    p.dx(),
                    form == Form.EXACT ? Gelu::exactGradient : Gelu::approximateGradient);
        }
    }

    private static void exact(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * distribution(x[i]);
        }
    }

    private static void exactGradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            double density = DENSITY_AT_0 * Math.exp(-0.5 * x[i] * x[i]);
            dx[i] = dy[i] * (distribution(x[i]) + x[i] * density);
        }
    }

    /** Φ(x), from erfc, because 1 + erf cancels for x far below 0. */
    private static double distribution(double x) {
        return 0.5 * ErrorFunction.erfc(-x * SQRT_HALF);
    }

    private static void approximate(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * sigmoidOf2u(x[i]);
        }
    }

    private static void approximateGradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            double s = sigmoidOf2u(x[i]);
            double slopeOfU = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x[i] * x[i]);
            dx[i] = dy[i] * (s + 2 * x[i] * s * (1 - s) * slopeOfU);
        }
    }

    private static double sigmoidOf2u(double x) {
        double u = SQRT_2_OVER_PI * (x + CUBIC * x * x * x);
        return 1 / (1 + Math.exp(-2 * u));
    }

    @Override
    public String toString() {
        return form == Form.EXACT ? "Gelu" : "Gelu(tanh)";
    }
}
