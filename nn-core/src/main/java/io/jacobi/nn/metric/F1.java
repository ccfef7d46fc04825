package io.jacobi.nn.metric;

/**
 * The harmonic mean of precision and recall, from 0 to 1.
 *
 * <pre>
 * F1 = 2 precision recall / (precision + recall) = 2 right / (predicted + actual)     0 if all three counts are 0
 * </pre>
 *
 * It is computed for each class or label, and then averaged. scikit-learn: {@code f1_score}, with {@code
 * zero_division=0}. Source: van Rijsbergen, Information Retrieval, 1979, chapter 7.
 *
 * @param outputs how the outputs are read
 * @param averaging how the scores of classes or labels become one number
 */
public record F1(Outputs outputs, Averaging averaging) implements OutputMetric {

    /** For one output for each class; the mean over the classes. */
    public F1() {
        this(Outputs.CLASS_LOGITS);
    }

    /** The mean over the classes or labels. */
    public F1(Outputs outputs) {
        this(outputs, Averaging.MACRO);
    }

    /** The name, which the averaging follows unless it is MACRO: {@code f1 micro}. */
    @Override
    public String name() {
        return averaging.name("f1");
    }

    @Override
    public Need need() {
        return Need.DECISION;
    }

    @Override
    public Accumulator start() {
        return new DecisionScore(this, averaging, Score.F1);
    }
}
