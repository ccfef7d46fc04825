package io.jacobi.nn.train;

/**
 * The loss became NaN or infinite. The weights are those before the step that was not taken: nothing is lost that was finite.
 */
public final class NonFiniteLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long step;

    NonFiniteLossException(long step, double loss, String where) {
        super("The loss is " + loss + " at step " + step + ": training stops, and the step was not taken"
                + "\n  first output that is not finite: " + where
                + "\n  fix: a lower learning rate, inputs scaled to about 1, or a look at the data for NaN");
        this.step = step;
    }

    /** The optimizer step, counted from 0, that was not taken. */
    public long step() {
        return step;
    }
}
