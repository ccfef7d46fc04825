package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Leaky rectified linear unit: a ReLU that keeps a fraction of negative numbers, so that no unit stops learning for
 * good.
 *
 * <pre>
 * y = max(x, 0) + slope · min(x, 0)     dx = dy · (1 where x > 0, else slope)
 * </pre>
 *
 * Any shape. At the kink, x = 0, the derivative is taken as {@code slope}, as in PyTorch. NaN stays NaN in y and in dx.
 *
 * <p>Derivation: docs/derivations/leaky-relu.md. Source: Maas, Hannun and Ng 2013.
 *
 * @param slope the slope for negative numbers, at least 0
 */
public record LeakyRelu(double slope) implements Layer {

    /** The slope in Maas et al. 2013. */
    public static final double DEFAULT_SLOPE = 0.01;

    public LeakyRelu {
        if (!(slope >= 0 && Double.isFinite(slope))) {
            throw new IllegalArgumentException(
                    "LeakyRelu has the slope " + slope + "\n  expected a finite number, at least 0");
        }
    }

    /** A leaky ReLU with a slope of {@value #DEFAULT_SLOPE}. */
    public LeakyRelu() {
        this(DEFAULT_SLOPE);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), this::value, this::value);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = max(x, 0) + slope · min(x, 0)   =>   dx = dy · (1 where x > 0, else slope)
            Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), this::gradient, this::gradient);
        }
    }

    private void value(float[] x, float[] y, int n) {
        float a = (float) slope;
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], 0f) + a * Math.min(x[i], 0f);
        }
    }

    private void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], 0d) + slope * Math.min(x[i], 0d);
        }
    }

    private void gradient(float[] x, float[] dy, float[] dx, int n) {
        float a = (float) slope;
        for (int i = 0; i < n; i++) {
            float on = Step.at(x[i]);
            dx[i] = dy[i] * (on + (1 - on) * a);
        }
    }

    private void gradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            double derivative = x[i] > 0 ? 1 : x[i] <= 0 ? slope : Double.NaN;
            dx[i] = dy[i] * derivative;
        }
    }

    @Override
    public String toString() {
        return "LeakyRelu(" + slope + ")";
    }
}
