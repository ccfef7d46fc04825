package io.jacobi.nn.tabular;

/** How the numbers of a column are brought to a common size. */
public enum ScalingMethod {
    /** (x − mean) / standard deviation. */
    STANDARD,
    /** (x − minimum) / (maximum − minimum): from 0 to 1 on the training rows. */
    MIN_MAX,
    /** (x − median) / (third quartile − first quartile), which outliers do not change. */
    ROBUST,
    /** The number itself. */
    NONE;

    @Override
    public String toString() {
        return switch (this) {
            case STANDARD -> "standardized";
            case MIN_MAX -> "from 0 to 1";
            case ROBUST -> "by quartiles";
            case NONE -> "as it is";
        };
    }
}
