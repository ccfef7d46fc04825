package io.jacobi.nn.metric;

/**
 * The mean squared distance of the probabilities from what happened. 0 is perfect.
 *
 * <pre>
 * B = (1/n) Σ_i (p_i − t_i)²              binary outputs, and two classes by the second, from 0 to 1
 * B = (1/n) Σ_i Σ_c (p_ic − [c = t_i])²   three classes or more, from 0 to 2
 * </pre>
 *
 * Several labels are averaged. scikit-learn: {@code brier_score_loss}, for several classes from version 1.7. Source:
 * Brier, Monthly Weather Review 78, 1950.
 *
 * @param outputs how the outputs are read
 */
public record BrierScore(Outputs outputs) implements OutputMetric {

    /** For one logit for each class. */
    public BrierScore() {
        this(Outputs.CLASS_LOGITS);
    }

    @Override
    public String name() {
        return "brier score";
    }

    @Override
    public Need need() {
        return Need.PROBABILITY;
    }

    @Override
    public Accumulator start() {
        return new ProbabilityMean(this, new SquaredDistance());
    }

    private record SquaredDistance() implements ProbabilityMean.Penalty {

        @Override
        public double ofClasses(double[] p, int at, int classes, int actual) {
            if (classes == 2) {
                return square(p[at + 1] - actual);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += square(p[at + c] - (c == actual ? 1 : 0));
            }
            return sum;
        }

        @Override
        public double ofAnswer(double p) {
            return square(1 - p);
        }

        private static double square(double x) {
            return x * x;
        }
    }
}
