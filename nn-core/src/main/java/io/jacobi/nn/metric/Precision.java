package io.jacobi.nn.metric;

/**
 * The share of predictions of a class that are right, from 0 to 1: how many of those called cats are cats.
 *
 * <pre>
 * precision = right / predicted     0 if the class was never predicted
 * </pre>
 *
 * A prediction is the class with the largest output, or a yes for each binary output. scikit-learn: {@code
 * precision_score}, with {@code zero_division=0}. Source: van Rijsbergen, Information Retrieval, 1979, chapter 7.
 *
 * @param outputs how the outputs are read
 * @param averaging how the scores of classes or labels become one number
 */
public record Precision(Outputs outputs, Averaging averaging) implements OutputMetric {

    /** For one output for each class; the mean over the classes. */
    public Precision() {
        this(Outputs.CLASS_LOGITS);
    }

    /** The mean over the classes or labels. */
    public Precision(Outputs outputs) {
        this(outputs, Averaging.MACRO);
    }

    /** The name, which the averaging follows unless it is MACRO: {@code precision micro}. */
    @Override
    public String name() {
        return averaging.name("precision");
    }

    @Override
    public Need need() {
        return Need.DECISION;
    }

    @Override
    public Accumulator start() {
        return new DecisionScore(this, averaging, Score.PRECISION);
    }
}
