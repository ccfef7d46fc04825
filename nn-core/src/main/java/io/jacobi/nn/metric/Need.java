package io.jacobi.nn.metric;

/** What a metric needs to know of an example. */
enum Need {
    /** The predicted class, or yes or no. */
    DECISION,
    /** A score of each class, or of yes, by which examples can be ordered. */
    ORDER,
    /** The probability of each class, or of yes. */
    PROBABILITY
}
