package io.jacobi.nn.metric;

/**
 * The area under the receiver operating characteristic: the probability that a random example with the class gets a
 * larger score than a random example without it, where equal scores count one half. 0.5 is chance and 1 is perfect.
 *
 * <pre>
 * AUC = Σ_i Σ_j ([s_i &gt; s_j] + ½ [s_i = s_j]) / (n₊ n₋)     i: examples with the class, j: examples without it
 * </pre>
 *
 * For binary outputs the scores are the outputs, and several labels are averaged. Two classes are judged by the
 * probability of the second. With more classes it is the mean over the classes, each against the others. It is NaN if
 * the examples of a class, or all others, are missing, and if a score is NaN. scikit-learn: {@code roc_auc_score} with
 * {@code multi_class="ovr"}. Source: Hanley and McNeil, Radiology 143, 1982; Fawcett 2006.
 *
 * <p>The scores of all examples are kept until the epoch ends, 8 bytes for each example and output. Checkpoints do not
 * hold them, so a run that is resumed within an epoch judges the rest of that epoch.
 *
 * @param outputs how the outputs are read
 */
public record RocAuc(Outputs outputs) implements OutputMetric {

    /** For one logit for each class. */
    public RocAuc() {
        this(Outputs.CLASS_LOGITS);
    }

    @Override
    public String name() {
        return "roc auc";
    }

    @Override
    public Need need() {
        return Need.ORDER;
    }

    @Override
    public Accumulator start() {
        return new RankingScore(this, RankedScores::rocAuc);
    }
}
