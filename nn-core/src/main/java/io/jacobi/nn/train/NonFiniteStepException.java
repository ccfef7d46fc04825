package io.jacobi.nn.train;

/**
 * Thrown when a training step meets a loss or a gradient that is NaN or infinite, or would make a weight or a moment
 * so. The step is not taken, so the weights are as the step before left them.
 */
public class NonFiniteStepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long step;

    NonFiniteStepException(long step, String what, String where, String fix) {
        super(what + " at step " + step + ": training stops, and the step was not taken\n  " + where + "\n  fix: "
                + fix);
        this.step = step;
    }

    /** The optimizer step, counted from 0, that was not taken. */
    public final long step() {
        return step;
    }
}
