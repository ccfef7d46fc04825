package io.jacobi.nn.metric;

/**
 * The precision at each threshold, weighted by the recall that the threshold adds: the area under the curve of precision
 * over recall, without interpolation. Suited to rare classes.
 *
 * <pre>
 * AP = Σ_n (R_n − R_{n−1}) P_n     n: the different scores, from the largest down
 * </pre>
 *
 * For binary outputs the scores are the outputs, and several labels are averaged. Two classes are judged by the
 * probability of the second. With more classes it is the mean over the classes, each against the others. A class
 * without examples gives 0. It is NaN if a score is NaN. scikit-learn: {@code average_precision_score}. Source: Salton
 * and McGill 1983; Davis and Goadrich 2006.
 *
 * <p>Scores are kept as by {@link RocAuc}.
 *
 * @param outputs how the outputs are read
 */
public record AveragePrecision(Outputs outputs) implements OutputMetric {

    /** For one logit for each class. */
    public AveragePrecision() {
        this(Outputs.CLASS_LOGITS);
    }

    @Override
    public String name() {
        return "average precision";
    }

    @Override
    public Need need() {
        return Need.ORDER;
    }

    @Override
    public Accumulator start() {
        return new RankingScore(this, RankedScores::averagePrecision);
    }
}
