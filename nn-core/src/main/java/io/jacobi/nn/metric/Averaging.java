package io.jacobi.nn.metric;

/** How the scores of several classes, or of several labels, become one number. With one binary output all are equal. */
public enum Averaging {
    /**
     * The mean over the classes, which count equally. A class that is neither a target nor predicted does not count, as
     * in scikit-learn; a label always does.
     */
    MACRO,
    /** The score of the sums over the classes. Where exactly one class is right it equals the accuracy. */
    MICRO,
    /** The mean over the classes, weighted by the number of examples that each has. */
    WEIGHTED;

    String name(String score) {
        return switch (this) {
            case MACRO -> score;
            case MICRO -> score + " micro";
            case WEIGHTED -> score + " weighted";
        };
    }
}
