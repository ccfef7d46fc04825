package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.List;

/**
 * {@link Adam} with decoupled weight decay: in addition to Adam's step, each weight loses the share rate · decay.
 *
 * <pre>
 * w ← (1 − rate · decay) w − rate · m̂ / (√ŝ + ε)
 * </pre>
 *
 * Unlike the gradient of an L2 penalty, the decay is not divided by √ŝ, so all weights shrink by the same factor.
 *
 * <p>Only parameters that multiply inputs decay: parameters of rank 2 or more, unless the layer declares otherwise
 * ({@link Parameter#decays}). Biases, and the scales and shifts of normalization, decay only
 * {@linkplain #withDecayOfAll on request}: a bias cannot make the output steeper, and pulling a scale towards 0 works
 * against its layer. PyTorch decays all parameters by default.
 *
 * <p>State: {@code mean} and {@code mean_square}. Derivation: docs/derivations/optimizers.md. Source: Loshchilov and
 * Hutter 2019, algorithm 2, with the decay multiplied by the rate as in PyTorch.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε, positive, outside the root
 * @param weightDecay at least 0
 * @param decaysAll whether biases and the parameters of normalization decay too
 */
public record AdamW(Schedule rate, double beta1, double beta2, double epsilon, double weightDecay, boolean decaysAll)
        implements ElementwiseOptimizer {

    /** As in PyTorch; the paper tunes it and has no default. */
    private static final double DEFAULT_WEIGHT_DECAY = 0.01;

    public AdamW {
        Hyperparameters.share("beta1", beta1);
        Hyperparameters.share("beta2", beta2);
        Hyperparameters.epsilon(epsilon);
        Hyperparameters.decay(weightDecay);
    }

    /** AdamW with a constant rate. */
    public AdamW(double rate) {
        this(Schedule.constant(rate));
    }

    /** AdamW with Adam's defaults and a weight decay of 0.01. */
    public AdamW(Schedule rate) {
        this(rate, Adam.DEFAULT_BETA1, Adam.DEFAULT_BETA2, Adam.DEFAULT_EPSILON, DEFAULT_WEIGHT_DECAY, false);
    }

    /** Returns a copy with another schedule. */
    public AdamW withRate(Schedule schedule) {
        return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, decaysAll);
    }

    /** Returns a copy with other shares of the past in both running means. */
    public AdamW withBetas(double ofMean, double ofSquare) {
        return new AdamW(rate, ofMean, ofSquare, epsilon, weightDecay, decaysAll);
    }

    /** Returns a copy with another ε. */
    public AdamW withEpsilon(double value) {
        return new AdamW(rate, beta1, beta2, value, weightDecay, decaysAll);
    }

    /** Returns a copy with another weight decay. */
    public AdamW withWeightDecay(double decay) {
        return new AdamW(rate, beta1, beta2, epsilon, decay, decaysAll);
    }

    /** Returns a copy that decays biases and the parameters of normalization too, as PyTorch does. */
    public AdamW withDecayOfAll() {
        return new AdamW(rate, beta1, beta2, epsilon, weightDecay, true);
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
