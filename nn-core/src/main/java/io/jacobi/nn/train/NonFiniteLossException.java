package io.jacobi.nn.train;

import java.util.Optional;

/**
 * Thrown when the loss becomes NaN or infinite. The step is not taken, so the weights are as the step before left them.
 */
public final class NonFiniteLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long step;

    /**
     * @param where the first layer with an output that is not finite
     * @param input the first feature or target that is not finite, if there is one
     */
    NonFiniteLossException(long step, double loss, String where, Optional<String> input) {
        super("The loss is " + loss + " at step " + step + ": training stops, and the step was not taken"
                + input.map(found -> "\n  first input that is not finite: " + found)
                        .orElse("")
                + "\n  first output that is not finite: " + where
                + (input.isPresent()
                        ? "\n  fix: correct the row, leave it out, or give it the weight 0;"
                                + " ArrayDataset.requireFinite() finds such rows before training"
                        : "\n  fix: lower the learning rate, or scale the inputs to about 1; the batch has no NaN and"
                                + " no infinity"));
        this.step = step;
    }

    /** The optimizer step, counted from 0, that was not taken. */
    public long step() {
        return step;
    }
}
