package io.jacobi.nn.optim;

import java.util.List;

/**
 * Adam: every weight moves by about the rate, for any scale of its gradient.
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g            running mean of the gradient
 * s ← β₂ s + (1 − β₂) g²           running mean of the squared gradient
 * w ← w − rate · m̂ / (√ŝ + ε)      m̂ = m / (1 − β₁ⁿ), ŝ = s / (1 − β₂ⁿ) at step n, counted from 1
 * </pre>
 *
 * State: {@code mean} and {@code mean_square}, and the number of steps. {@link AdamW} has weight decay.
 * {@link Penalty#l2} is not the same under Adam, because Adam divides the gradient of the penalty by the size of
 * gradients (docs/derivations/optimizers.md).
 *
 * <p>Derivation: docs/derivations/optimizers.md. Source: Kingma and Ba 2015, algorithm 1.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε, positive, outside the root
 */
public record Adam(Schedule rate, double beta1, double beta2, double epsilon) implements ElementwiseOptimizer {

    // as in the paper and in PyTorch
    static final double DEFAULT_BETA1 = 0.9;
    static final double DEFAULT_BETA2 = 0.999;
    static final double DEFAULT_EPSILON = 1e-8;

    public Adam {
        Hyperparameters.share("beta1", beta1);
        Hyperparameters.share("beta2", beta2);
        Hyperparameters.epsilon(epsilon);
    }

    /** Adam with a constant rate; the paper's is 1e-3. */
    public Adam(double rate) {
        this(Schedule.constant(rate));
    }

    /** Adam with the paper's β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
    public Adam(Schedule rate) {
        this(rate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
    }

    /** Returns a copy with another schedule. */
    public Adam withRate(Schedule schedule) {
        return new Adam(schedule, beta1, beta2, epsilon);
    }

    /** Returns a copy with other shares of the past in both running means. */
    public Adam withBetas(double ofMean, double ofSquare) {
        return new Adam(rate, ofMean, ofSquare, epsilon);
    }

    /** Returns a copy with another ε. */
    public Adam withEpsilon(double value) {
        return new Adam(rate, beta1, beta2, value);
    }

    @Override
    public List<String> moments() {
        return AdamUpdate.MOMENTS;
    }

    @Override
    public TileUpdate update(long step, double learningRate) {
        return AdamUpdate.at(step, learningRate, beta1, beta2, epsilon);
    }
}
