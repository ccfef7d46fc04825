package io.jacobi.nn.metric;

/** How a metric reads the outputs of a model. A metric refuses a model or a loss that gives them another meaning. */
public enum Outputs {
    /**
     * One output for each class, of which one is right: logits, as SoftmaxCrossEntropy takes them, or log-probabilities.
     * The softmax of both is the probabilities.
     */
    CLASS_LOGITS,
    /** One probability for each class, of which one is right: the model ends with Softmax. */
    CLASS_PROBABILITIES,
    /**
     * Each output is a logit that says yes (above 0) or no, as BinaryCrossEntropy takes it: one output, or one for each
     * of several labels.
     */
    BINARY_LOGITS,
    /** Each output is the probability of a yes, from 0 to 1: the model ends with Sigmoid, or learns 0 and 1. */
    BINARY_PROBABILITIES;

    boolean areClasses() {
        return this == CLASS_LOGITS || this == CLASS_PROBABILITIES;
    }

    boolean areLogits() {
        return this == CLASS_LOGITS || this == BINARY_LOGITS;
    }

    /** A binary output above it is a yes. */
    double border() {
        return areLogits() ? 0 : 0.5;
    }
}
