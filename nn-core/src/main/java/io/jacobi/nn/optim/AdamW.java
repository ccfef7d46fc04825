package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.List;

/**
 * {@link Adam} with decoupled weight decay: besides Adam's step, each weight loses the share rate · decay.
 *
 * <pre>
 * w ← (1 − rate · decay) w − rate · m̂ / (√ŝ + ε)
 * </pre>
 *
 * Unlike the gradient of an L2 penalty, the decay is not divided by √ŝ: it shrinks all weights alike.
 *
 * <p>Biases, and the scales and shifts of normalization, do not decay unless {@link #withDecayOfAll} says so: no product of many of
 * them can grow the output, and pulling a scale towards 0 works against its layer. What decays is what multiplies inputs: rank 2 or
 * more, unless the layer declares otherwise ({@link Parameter#decays}). PyTorch decays everything unless told otherwise.
 *
 * <p>State: as of {@link Adam}. Derivation: docs/derivations/optimizers.md. Source: Loshchilov and Hutter 2019, algorithm 2, with
 * the decay multiplied by the rate as in PyTorch.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε, positive, outside the root
 * @param weightDecay at least 0
 * @param decaysAll whether biases and the parameters of normalization decay too
 */
public record AdamW(Schedule rate, double beta1, double beta2, double epsilon, double weightDecay, boolean decaysAll)
        implements ElementwiseOptimizer {

    /** PyTorch's; the paper has none, and tunes it. */
    private static final double DEFAULT_WEIGHT_DECAY = 0.01;

    public AdamW {
        Hyperparameters.share("beta1", beta1);
        Hyperparameters.share("beta2", beta2);
        Hyperparameters.epsilon(epsilon);
        Hyperparameters.decay(weightDecay);
    }

    /** At a constant rate. */
    public AdamW(double rate) {
        this(Schedule.constant(rate));
    }

    /** With Adam's defaults and a weight decay of 0.01. */
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

    /** Returns a copy with another decay. */
    public AdamW withWeightDecay(double decay) {
        return new AdamW(rate, beta1, beta2, epsilon, decay, decaysAll);
    }

    /** Returns a copy with biases and normalization decaying too, as in PyTorch. */
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
