package io.jacobi.nn.metric;

/**
 * The mean of the negative logarithm of the probability that the right class gets, in nats. 0 is perfect.
 *
 * <pre>
 * L = −(1/n) Σ_i log max(p_i, ε)     p_i: the probability of the class of example i     ε = 2⁻⁵²
 * </pre>
 *
 * The bound keeps one surely wrong answer from making the mean infinite: it costs 36. Several labels are averaged.
 * Weights of examples and classes and label smoothing, which may be part of the loss of the model, do not count here.
 * scikit-learn: {@code log_loss} of numbers in double. Source: Good, Rational Decisions, 1952.
 *
 * @param outputs how the outputs are read
 */
public record LogLoss(Outputs outputs) implements OutputMetric {

    /** For one logit for each class. */
    public LogLoss() {
        this(Outputs.CLASS_LOGITS);
    }

    @Override
    public String name() {
        return "log loss";
    }

    @Override
    public Need need() {
        return Need.PROBABILITY;
    }

    @Override
    public Accumulator start() {
        return new ProbabilityMean(this, new Surprise());
    }

    private record Surprise() implements ProbabilityMean.Penalty {

        /** The distance from 1 to the next double: scikit-learn's bound. */
        private static final double EPSILON = Math.ulp(1d);

        @Override
        public double ofClasses(double[] p, int at, int classes, int actual) {
            return ofAnswer(p[at + actual]);
        }

        @Override
        public double ofAnswer(double p) {
            return -Math.log(Math.max(p, EPSILON));
        }
    }
}
