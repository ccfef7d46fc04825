package io.jacobi.nn.optim;

import java.util.List;

/**
 * Adagrad: a weight's step shrinks as the sum of its squared gradients grows. It suits sparse features, whose weights
 * have few gradients.
 *
 * <pre>
 * s ← s + g²
 * w ← w − rate · g / (√s + ε)
 * </pre>
 *
 * State: {@code sum_of_squares}. Derivation: docs/derivations/optimizers.md. Source: Duchi, Hazan and Singer 2011,
 * figure 1, with diagonal matrices.
 *
 * @param epsilon ε, positive, outside the root
 */
public record Adagrad(Schedule rate, double epsilon) implements ElementwiseOptimizer {

    /** As in PyTorch. */
    private static final double DEFAULT_EPSILON = 1e-10;

    public Adagrad {
        Hyperparameters.epsilon(epsilon);
    }

    /** Adagrad with a constant rate; PyTorch's default is 1e-2. */
    public Adagrad(double rate) {
        this(Schedule.constant(rate));
    }

    /** Adagrad with PyTorch's ε = 1e-10. */
    public Adagrad(Schedule rate) {
        this(rate, DEFAULT_EPSILON);
    }

    /** Returns a copy with another schedule. */
    public Adagrad withRate(Schedule schedule) {
        return new Adagrad(schedule, epsilon);
    }

    /** Returns a copy with another ε. */
    public Adagrad withEpsilon(double value) {
        return new Adagrad(rate, value);
    }

    @Override
    public List<String> moments() {
        return List.of("sum_of_squares");
    }

    @Override
    public TileUpdate update(long step, double learningRate) {
        return new Update(learningRate, epsilon);
    }

    private record Update(double size, double epsilon) implements FloatTileUpdate {

        @Override
        public void apply(float[] w, float[] g, float[][] moments, int n) {
            float[] s = moments[0];
            float r = (float) size;
            float e = (float) epsilon;
            for (int i = 0; i < n; i++) {
                // not flushed, because a sum of squares never shrinks
                s[i] += g[i] * g[i];
                w[i] -= r * (g[i] / ((float) Math.sqrt(s[i]) + e));
            }
        }

        @Override
        public void apply(double[] w, double[] g, double[][] moments, int n) {
            double[] s = moments[0];
            for (int i = 0; i < n; i++) {
                s[i] += g[i] * g[i];
                w[i] -= size * (g[i] / (Math.sqrt(s[i]) + epsilon));
            }
        }
    }
}
