package io.jacobi.nn.optim;

/**
 * Thrown when an optimizer step would use a gradient that is NaN or infinite, or would make a weight or a moment NaN or
 * infinite. The step is not taken: weights, moments and the number of steps are unchanged.
 */
public final class NonFiniteUpdateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final int index;
    private final double value;

    NonFiniteUpdateException(String what, int index, double value) {
        super("The " + what + " of weight " + index + " is " + value + ": the step is not taken"
                + "\n  expected finite gradients, and finite weights and moments after the step"
                + "\n  fix: lower the learning rate, or scale the loss or the inputs down");
        this.what = what;
        this.index = index;
        this.value = value;
    }

    /** What is not finite: {@code gradient}, {@code new value}, or a moment in quotes. */
    public String what() {
        return what;
    }

    /** The position in the flat vector of weights. */
    public int index() {
        return index;
    }

    /** NaN or an infinity. */
    public double value() {
        return value;
    }
}
