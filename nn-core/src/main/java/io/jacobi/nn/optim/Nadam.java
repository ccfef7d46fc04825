package io.jacobi.nn.optim;

import java.util.List;

/**
 * Adam with Nesterov's look-ahead: the step uses the mean that the next step would have if its gradient were equal to
 * this one.
 *
 * <pre>
 * m, s as in {@link Adam}            ŝ = s / (1 − β₂ⁿ) at step n, counted from 1
 * μₙ = β₁ (1 − 0.96^(n ψ) / 2)       the share of the past grows from about β₁/2 to β₁
 * Πₙ = μ₁ μ₂ ⋯ μₙ
 * w ← w − rate · (μₙ₊₁ m / (1 − Πₙ₊₁) + (1 − μₙ) g / (1 − Πₙ)) / (√ŝ + ε)
 * </pre>
 *
 * State: {@code mean} and {@code mean_square}. The product is a function of the number of steps.
 *
 * <p>Derivation: docs/derivations/optimizers.md. Source: Dozat 2016, as in PyTorch 2 (PyTorch 1.10 to 1.13 multiplied
 * μₙ into the product twice, pull request 92699).
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε, positive, outside the root
 * @param momentumDecay ψ, at least 0: the speed at which the share of the past grows
 */
public record Nadam(Schedule rate, double beta1, double beta2, double epsilon, double momentumDecay)
        implements ElementwiseOptimizer {

    /** As in Dozat's paper and in PyTorch. */
    private static final double DEFAULT_MOMENTUM_DECAY = 4e-3;

    /** As in Dozat's paper; PyTorch has it as a constant too. */
    private static final double WARM_UP = 0.96;

    /** In double, 1 minus this or any smaller product is 1. */
    private static final double NEGLIGIBLE = 0x1p-54;

    public Nadam {
        Hyperparameters.share("beta1", beta1);
        Hyperparameters.share("beta2", beta2);
        Hyperparameters.epsilon(epsilon);
        Hyperparameters.notNegative("momentum decay", momentumDecay);
    }

    /** Nadam with a constant rate; PyTorch's default is 2e-3. */
    public Nadam(double rate) {
        this(Schedule.constant(rate));
    }

    /** Nadam with Adam's defaults and ψ = 0.004. */
    public Nadam(Schedule rate) {
        this(rate, Adam.DEFAULT_BETA1, Adam.DEFAULT_BETA2, Adam.DEFAULT_EPSILON, DEFAULT_MOMENTUM_DECAY);
    }

    /** Returns a copy with another schedule. */
    public Nadam withRate(Schedule schedule) {
        return new Nadam(schedule, beta1, beta2, epsilon, momentumDecay);
    }

    /** Returns a copy with other shares of the past in both running means. */
    public Nadam withBetas(double ofMean, double ofSquare) {
        return new Nadam(rate, ofMean, ofSquare, epsilon, momentumDecay);
    }

    /** Returns a copy with another ε. */
    public Nadam withEpsilon(double value) {
        return new Nadam(rate, beta1, beta2, value, momentumDecay);
    }

    /** Returns a copy with another ψ. */
    public Nadam withMomentumDecay(double decay) {
        return new Nadam(rate, beta1, beta2, epsilon, decay);
    }

    @Override
    public List<String> moments() {
        return AdamUpdate.MOMENTS;
    }

    @Override
    public TileUpdate update(long step, double learningRate) {
        double product = product(step);
        double now = momentum(step);
        double next = momentum(step + 1);
        double rootOfC2 = Math.sqrt(1 - Math.pow(beta2, (double) step));
        return new Update(
                1 - beta1,
                1 - beta2,
                learningRate * rootOfC2 * (1 - now) / (1 - product),
                learningRate * rootOfC2 * next / (1 - product * next),
                epsilon * rootOfC2);
    }

    private double momentum(long step) {
        return beta1 * (1 - Math.pow(WARM_UP, step * momentumDecay) / 2);
    }

    /** Πₙ, or a product of its first factors if 1 − Πₙ rounds to 1: about 50 factors for the default ψ. */
    private double product(long step) {
        double product = 1;
        for (long n = 1; n <= step && product > NEGLIGIBLE; n++) {
            product *= momentum(n);
        }
        return product;
    }

    /** Both fractions over √s + ε √(1 − β₂ⁿ), with the rate and the corrections folded into their factors. */
    private record Update(double toMean, double toSquare, double ofGradient, double ofMean, double epsilon)
            implements FloatTileUpdate {

        @Override
        public void apply(float[] w, float[] g, float[][] moments, int n) {
            float[] m = moments[0];
            float[] s = moments[1];
            float a = (float) toMean;
            float b = (float) toSquare;
            float c = (float) ofGradient;
            float d = (float) ofMean;
            float e = (float) epsilon;
            for (int i = 0; i < n; i++) {
                m[i] = Denormals.flushMean(m[i] + a * (g[i] - m[i]));
                s[i] = Denormals.flushSquare(s[i] + b * (g[i] * g[i] - s[i]));
                w[i] -= (c * g[i] + d * m[i]) / ((float) Math.sqrt(s[i]) + e);
            }
        }

        @Override
        public void apply(double[] w, double[] g, double[][] moments, int n) {
            double[] m = moments[0];
            double[] s = moments[1];
            for (int i = 0; i < n; i++) {
                m[i] = Denormals.flushMean(m[i] + toMean * (g[i] - m[i]));
                s[i] = Denormals.flushSquare(s[i] + toSquare * (g[i] * g[i] - s[i]));
                w[i] -= (ofGradient * g[i] + ofMean * m[i]) / (Math.sqrt(s[i]) + epsilon);
            }
        }
    }
}
