package io.jacobi.nn;

/** The meaning of a layer's output. A loss refuses an output that it would misread. */
public enum OutputKind {
    /** No particular meaning: scores, logits, features. */
    ANY,
    /** Probabilities, as from a softmax or a sigmoid. */
    PROBABILITIES,
    /** Logarithms of probabilities. */
    LOG_PROBABILITIES
}
