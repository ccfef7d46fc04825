package io.jacobi.nn;

/** What the numbers that a layer gives mean, so that a loss can refuse those that it would misread. */
public enum Output {
    /** Nothing in particular: scores, logits, features. */
    ANY,
    /** Probabilities, as from a softmax or a sigmoid. */
    PROBABILITIES,
    /** Logarithms of probabilities. */
    LOG_PROBABILITIES
}
