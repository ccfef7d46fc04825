package io.jacobi.nn.train;

/**
 * Thrown when the loss becomes NaN or infinite. The step is not taken, so the weights are as the step before left them.
 */
public final class NonFiniteLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long step;

    NonFiniteLossException(long step, double loss, String where) {
        super("The loss is " + loss + " at step " + step + ": training stops, and the step was not taken"
                + "\n  first output that is not finite: " + where
                + "\n  fix: lower the learning rate, scale the inputs to about 1, or look for NaN in the data");
        this.step = step;
    }

    /** The optimizer step, counted from 0, that was not taken. */
    public long step() {
        return step;
    }
}
