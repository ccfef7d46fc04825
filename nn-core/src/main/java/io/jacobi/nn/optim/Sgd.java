package io.jacobi.nn.optim;

import java.util.List;

/**
 * Stochastic gradient descent, optionally with momentum and weight decay.
 *
 * <pre>
 * v ← μ v + g
 * w ← w − rate · v              momentum
 * w ← w − rate · (g + μ v)      Nesterov
 * </pre>
 *
 * The rate multiplies the velocity and not the gradient, as in PyTorch.
 *
 * <p>Weight decay is decoupled: each weight also loses the share rate · decay, which is not part of the velocity.
 * PyTorch adds decay · w to the gradient of every parameter instead, after a clip. Without momentum this is the same as
 * {@link #withWeightDecay}(decay) and {@link #withDecayOfAll}. With momentum it shrinks weights 1 / (1 − μ) times as
 * fast, and is the same as {@link L2#ofAll Penalty.l2(decay / 2).ofAll()} if nothing is clipped. {@link AdamW} says
 * which parameters decay.
 *
 * <p>State: {@code velocity} with momentum. Derivation: docs/derivations/optimizers.md. Source: Sutskever et al. 2013,
 * section 2; Loshchilov and Hutter 2019, algorithm 1.
 *
 * @param momentum μ in [0, 1)
 * @param nesterov whether to look ahead along the velocity; needs momentum
 * @param weightDecay at least 0
 * @param decaysAll whether biases and the parameters of normalization decay too
 */
public record Sgd(Schedule rate, double momentum, boolean nesterov, double weightDecay, boolean decaysAll)
        implements ElementwiseOptimizer {

    public Sgd {
        Hyperparameters.share("Momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Nesterov's method needs momentum\n  fix: withNesterov(0.9)");
        }
        Hyperparameters.decay(weightDecay);
    }

    /** Plain gradient descent with a constant rate. */
    public Sgd(double rate) {
        this(Schedule.constant(rate));
    }

    /** Plain gradient descent. */
    public Sgd(Schedule rate) {
        this(rate, 0, false);
    }

    /** Gradient descent without weight decay. */
    public Sgd(Schedule rate, double momentum, boolean nesterov) {
        this(rate, momentum, nesterov, 0, false);
    }

    /** Returns a copy with classical momentum. */
    public Sgd withMomentum(double share) {
        return new Sgd(rate, share, false, weightDecay, decaysAll);
    }

    /** Returns a copy with Nesterov momentum. */
    public Sgd withNesterov(double share) {
        return new Sgd(rate, share, true, weightDecay, decaysAll);
    }

    /** Returns a copy with another schedule. */
    public Sgd withRate(Schedule schedule) {
        return new Sgd(schedule, momentum, nesterov, weightDecay, decaysAll);
    }

    /** Returns a copy with another weight decay. */
    public Sgd withWeightDecay(double decay) {
        return new Sgd(rate, momentum, nesterov, decay, decaysAll);
    }

    /** Returns a copy that decays biases and the parameters of normalization too. */
    public Sgd withDecayOfAll() {
        return new Sgd(rate, momentum, nesterov, weightDecay, true);
    }

    @Override
    public List<String> moments() {
        return momentum == 0 ? List.of() : List.of("velocity");
    }

    @Override
    public TileUpdate update(long step, double learningRate) {
        if (momentum == 0) {
            return new PlainUpdate(learningRate);
        }
        // Nesterov: w −= rate · g + rate μ · v; classical: w −= rate · v, the same formula with other factors
        return nesterov
                ? new MomentumUpdate(momentum, learningRate, learningRate * momentum)
                : new MomentumUpdate(momentum, 0, learningRate);
    }

    private record PlainUpdate(double size) implements FloatTileUpdate {

        @Override
        public void apply(float[] w, float[] g, float[][] moments, int n) {
            float r = (float) size;
            for (int i = 0; i < n; i++) {
                w[i] -= r * g[i];
            }
        }

        @Override
        public void apply(double[] w, double[] g, double[][] moments, int n) {
            for (int i = 0; i < n; i++) {
                w[i] -= size * g[i];
            }
        }
    }

    private record MomentumUpdate(double momentum, double ofGradient, double ofVelocity) implements FloatTileUpdate {

        @Override
        public void apply(float[] w, float[] g, float[][] moments, int n) {
            float[] v = moments[0];
            float mu = (float) momentum;
            float a = (float) ofGradient;
            float b = (float) ofVelocity;
            for (int i = 0; i < n; i++) {
                v[i] = Denormals.flushMean(mu * v[i] + g[i]);
                w[i] -= a * g[i] + b * v[i];
            }
        }

        @Override
        public void apply(double[] w, double[] g, double[][] moments, int n) {
            double[] v = moments[0];
            for (int i = 0; i < n; i++) {
                v[i] = Denormals.flushMean(momentum * v[i] + g[i]);
                w[i] -= ofGradient * g[i] + ofVelocity * v[i];
            }
        }
    }
}
