package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;

/**
 * Batch normalization: gives each channel mean 0 and variance 1 over the batch and all positions, then a scale and a
 * shift.
 *
 * <pre>
 * x, y [batch, channels, positions...]   weight γ [channels]   bias β [channels]
 * μ_c, σ²_c = mean and variance of x over batch and positions, M values each
 * x̂ = (x − μ_c) / √(σ²_c + ε)     y = γ_c x̂ + β_c
 * dγ_c += Σ dy x̂     dβ_c += Σ dy     dx = γ_c / (M √(σ²_c + ε)) (M dy − Σ dy − x̂ Σ dy x̂)
 * </pre>
 *
 * In prediction, μ and σ² are the states {@code running_mean} and {@code running_var}: moving averages over the batches
 * of training, with the unbiased variance (divided by M − 1), as in PyTorch. They do not depend on x then, and
 * dx = γ_c / √(σ²_c + ε) dy. A batch is never split over threads.
 *
 * <p>The input has rank 1 per example or more. Its first dimension is the channels; {@code [features]} has one value
 * for each channel. Training throws {@link IllegalArgumentException} if a channel has only one value, because the
 * variance of one value is 0, or if a running statistic would overflow. In float, features of about 1e19 reach that.
 *
 * <p>Derivation: docs/derivations/batch-norm.md. Source: Ioffe and Szegedy 2015, algorithms 1 and 2.
 *
 * @param momentum the weight of the newest batch in the running statistics, in (0, 1], as in PyTorch; Keras's momentum
 *     is 1 minus this
 * @param epsilon ε, positive
 */
public record BatchNorm(double momentum, double epsilon) implements Layer {

    // as in PyTorch
    private static final double DEFAULT_MOMENTUM = 0.1;
    private static final double DEFAULT_EPSILON = 1e-5;

    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "BatchNorm's momentum is " + momentum + "\n  expected 0 < momentum <= 1");
        }
        Normalization.requireEpsilon("BatchNorm", epsilon);
    }

    /** A normalization with PyTorch's momentum of 0.1 and ε of 1e-5. */
    public BatchNorm() {
        this(DEFAULT_MOMENTUM, DEFAULT_EPSILON);
    }

    /** Returns a copy with another weight of the newest batch in the running statistics. */
    public BatchNorm withMomentum(double share) {
        return new BatchNorm(share, epsilon);
    }

    /** Returns a copy with another ε. */
    public BatchNorm withEpsilon(double value) {
        return new BatchNorm(momentum, value);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        if (input.rank() == 0) {
            throw ShapeException.input(
                    "[features] or [channels, ...] per example", input, "give each example features");
        }
        Shape channels = Shape.of(input.dim(0));
        d.parameter("weight", channels, Initializers.constant(1));
        d.parameter("bias", channels, Initializers.zeros());
        d.state("running_mean", channels, Initializers.zeros());
        d.state("running_var", channels, Initializers.constant(1));
        d.saved("normalized", input);
        d.buffer("inverse_deviation", channels);
        return input;
    }

    @Override
    public boolean couplesExamples() {
        return true;
    }

    /** Two if there is one value for each channel and example, because the variance of one value is 0. */
    @Override
    public int smallestBatch(Shape input) {
        return input.size() == input.dim(0) ? 2 : 1;
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        int channels = s.span(p.value("weight")).length();
        int row = x.length() / p.batch();
        int positions = row / channels;
        double[] mean;
        double[] inverse;
        if (p.training()) {
            int values = p.batch() * positions;
            requireMoreThanOne(values);
            // two passes, because E[x²] − E[x]² cancels in float
            mean = ChannelTiles.means(s, x, row, channels);
            inverse = ChannelTiles.variances(s, x, row, channels, mean);
            updateRunning(s, p, mean, inverse, values);
        } else {
            mean = s.load(ChannelTiles.FIRST, s.span(p.value("running_mean")), 0, channels);
            inverse = s.load(ChannelTiles.SECOND, s.span(p.value("running_var")), 0, channels);
        }
        for (int c = 0; c < channels; c++) {
            inverse[c] = 1 / Math.sqrt(inverse[c] + epsilon);
        }
        s.store(ChannelTiles.SECOND, s.span(p.buffer("inverse_deviation")), 0, channels);
        // x̂ = (x − μ) / √(σ² + ε)
        for (int c = 0; c < channels; c++) {
            mean[c] *= -inverse[c];
        }
        Span normalized = s.span(p.saved("normalized"));
        ChannelTiles.scaleAndShift(s, x, row, inverse, mean, channels, normalized);
        // y = γ x̂ + β
        double[] weight = s.load(ChannelTiles.FIRST, s.span(p.value("weight")), 0, channels);
        double[] bias = s.load(ChannelTiles.SECOND, s.span(p.value("bias")), 0, channels);
        ChannelTiles.scaleAndShift(s, normalized, row, weight, bias, channels, s.span(p.y()));
    }

    private static void requireMoreThanOne(int values) {
        if (values < 2) {
            throw new IllegalArgumentException("BatchNorm cannot train on one value per channel: its variance is 0"
                    + "\n  expected a batch of two examples or more"
                    + "\n  fix: choose a batch size that does not leave a single example for the last batch");
        }
    }

    /** running ← (1 − momentum) running + momentum · batch, except for a NaN or infinity, which would stay forever. */
    private void updateRunning(Scratch s, Pass p, double[] mean, double[] variance, int values) {
        Span runningMean = s.span(p.value("running_mean"));
        int channels = runningMean.length();
        double[] m = s.load(ChannelTiles.THIRD, runningMean, 0, channels);
        double[] v = s.load(ChannelTiles.FOURTH, s.span(p.value("running_var")), 0, channels);
        double unbiased = (double) values / (values - 1);
        for (int c = 0; c < channels; c++) {
            // if x has a NaN or an infinity, the mean or the variance is NaN, and y and the loss are too
            if (Double.isFinite(mean[c]) && !Double.isNaN(variance[c])) {
                m[c] = (1 - momentum) * m[c] + momentum * mean[c];
                v[c] = (1 - momentum) * v[c] + momentum * unbiased * variance[c];
            }
        }
        // first the variance, because a square may overflow where the mean does not
        p.storeState("running_var", v);
        p.storeState("running_mean", m);
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        Span dy = s.span(p.dy());
        Span normalized = s.span(p.saved("normalized"));
        int channels = s.span(p.value("weight")).length();
        int row = dy.length() / p.batch();
        // y = γ x̂ + β   =>   dβ += Σ dy,   dγ += Σ dy x̂
        double[] sum = ChannelTiles.sums(s, dy, row, channels);
        double[] dot = ChannelTiles.dots(s, dy, normalized, row, channels);
        add(sum, s.span(p.gradient("bias")));
        add(dot, s.span(p.gradient("weight")));
        if (p.needsInputGradient()) {
            // x̂ = (x − μ) / √(σ² + ε), where μ and σ² are functions of x
            //   =>   dx = γ / √(σ² + ε) (dy − mean of dy − x̂ · mean of dy x̂)
            // in prediction they are constants   =>   dx = γ / √(σ² + ε) dy, as for infinitely many values
            double values = p.training() ? (double) dy.length() / channels : Double.POSITIVE_INFINITY;
            double[] factor = s.load(ChannelTiles.THIRD, s.span(p.value("weight")), 0, channels);
            Span inverse = s.span(p.buffer("inverse_deviation"));
            for (int c = 0; c < channels; c++) {
                factor[c] *= inverse.get(c);
                sum[c] *= -factor[c] / values;
                dot[c] *= -factor[c] / values;
            }
            ChannelTiles.combine(s, dy, factor, normalized, dot, sum, row, channels, s.span(p.dx()));
        }
    }

    private static void add(double[] sums, Span gradient) {
        for (int c = 0; c < gradient.length(); c++) {
            gradient.set(c, gradient.get(c) + sums[c]);
        }
    }

    @Override
    public String toString() {
        return "BatchNorm";
    }
}
