package io.jacobi.nn.metric;

/**
 * The share of examples of a class that are found, from 0 to 1: how many of the cats are called cats.
 *
 * <pre>
 * recall = right / actual     0 if no example has the class
 * </pre>
 *
 * A prediction is the class with the largest output, or a yes for each binary output. scikit-learn: {@code
 * recall_score}, with {@code zero_division=0}. Source: van Rijsbergen, Information Retrieval, 1979, chapter 7.
 *
 * @param outputs how the outputs are read
 * @param averaging how the scores of classes or labels become one number
 */
public record Recall(Outputs outputs, Averaging averaging) implements OutputMetric {

    /** For one output for each class; the mean over the classes. */
    public Recall() {
        this(Outputs.CLASS_LOGITS);
    }

    /** The mean over the classes or labels. */
    public Recall(Outputs outputs) {
        this(outputs, Averaging.MACRO);
    }

    /** The name, which the averaging follows unless it is MACRO: {@code recall micro}. */
    @Override
    public String name() {
        return averaging.name("recall");
    }

    @Override
    public Need need() {
        return Need.DECISION;
    }

    @Override
    public Accumulator start() {
        return new DecisionScore(this, averaging, Score.RECALL);
    }
}
