package io.jacobi.nn.optim;

import java.util.List;

/**
 * RMSProp: the step is the gradient divided by its running root mean square, optionally with momentum.
 *
 * <pre>
 * s ← α s + (1 − α) g²
 * w ← w − rate · g / (√s + ε)
 * with momentum:   v ← μ v + g / (√s + ε),   w ← w − rate · v
 * </pre>
 *
 * State: {@code mean_square}, and {@code velocity} with momentum. PyTorch's centered form is left out, because it
 * subtracts the square of a mean from the mean of the squares, and these two floats may agree in all their digits.
 *
 * <p>Derivation: docs/derivations/optimizers.md. Source: Hinton 2012, lecture 6e; ε as in PyTorch, outside the root.
 *
 * @param alpha α in [0, 1): the share of the past in the mean square
 * @param epsilon ε, positive
 * @param momentum μ in [0, 1)
 */
public record RmsProp(Schedule rate, double alpha, double epsilon, double momentum) implements ElementwiseOptimizer {

    // as in PyTorch
    private static final double DEFAULT_ALPHA = 0.99;
    private static final double DEFAULT_EPSILON = 1e-8;

    public RmsProp {
        Hyperparameters.share("alpha", alpha);
        Hyperparameters.epsilon(epsilon);
        Hyperparameters.share("Momentum", momentum);
    }

    /** RMSProp with a constant rate; PyTorch's default is 1e-2. */
    public RmsProp(double rate) {
        this(Schedule.constant(rate));
    }

    /** RMSProp with PyTorch's α = 0.99 and ε = 1e-8, without momentum. */
    public RmsProp(Schedule rate) {
        this(rate, DEFAULT_ALPHA, DEFAULT_EPSILON, 0);
    }

    /** Returns a copy with another schedule. */
    public RmsProp withRate(Schedule schedule) {
        return new RmsProp(schedule, alpha, epsilon, momentum);
    }

    /** Returns a copy with another share of the past in the mean square. */
    public RmsProp withAlpha(double share) {
        return new RmsProp(rate, share, epsilon, momentum);
    }

    /** Returns a copy with another ε. */
    public RmsProp withEpsilon(double value) {
        return new RmsProp(rate, alpha, value, momentum);
    }

    /** Returns a copy with momentum. */
    public RmsProp withMomentum(double share) {
        return new RmsProp(rate, alpha, epsilon, share);
    }

    @Override
    public List<String> moments() {
        return momentum == 0 ? List.of("mean_square") : List.of("mean_square", "velocity");
    }

    @Override
    public TileUpdate update(long step, double learningRate) {
        return momentum == 0
                ? new PlainUpdate(1 - alpha, learningRate, epsilon)
                : new MomentumUpdate(1 - alpha, learningRate, epsilon, momentum);
    }

    private record PlainUpdate(double toSquare, double size, double epsilon) implements FloatTileUpdate {

        @Override
        public void apply(float[] w, float[] g, float[][] moments, int n) {
            float[] s = moments[0];
            float b = (float) toSquare;
            float r = (float) size;
            float e = (float) epsilon;
            for (int i = 0; i < n; i++) {
                s[i] = Denormals.flushSquare(s[i] + b * (g[i] * g[i] - s[i]));
                w[i] -= r * (g[i] / ((float) Math.sqrt(s[i]) + e));
            }
        }

        @Override
        public void apply(double[] w, double[] g, double[][] moments, int n) {
            double[] s = moments[0];
            for (int i = 0; i < n; i++) {
                s[i] = Denormals.flushSquare(s[i] + toSquare * (g[i] * g[i] - s[i]));
                w[i] -= size * (g[i] / (Math.sqrt(s[i]) + epsilon));
            }
        }
    }

    private record MomentumUpdate(double toSquare, double size, double epsilon, double momentum)
            implements FloatTileUpdate {

        @Override
        public void apply(float[] w, float[] g, float[][] moments, int n) {
            float[] s = moments[0];
            float[] v = moments[1];
            float b = (float) toSquare;
            float r = (float) size;
            float e = (float) epsilon;
            float mu = (float) momentum;
            for (int i = 0; i < n; i++) {
                s[i] = Denormals.flushSquare(s[i] + b * (g[i] * g[i] - s[i]));
                v[i] = Denormals.flushMean(mu * v[i] + g[i] / ((float) Math.sqrt(s[i]) + e));
                w[i] -= r * v[i];
            }
        }

        @Override
        public void apply(double[] w, double[] g, double[][] moments, int n) {
            double[] s = moments[0];
            double[] v = moments[1];
            for (int i = 0; i < n; i++) {
                s[i] = Denormals.flushSquare(s[i] + toSquare * (g[i] * g[i] - s[i]));
                v[i] = Denormals.flushMean(momentum * v[i] + g[i] / (Math.sqrt(s[i]) + epsilon));
                w[i] -= size * v[i];
            }
        }
    }
}
