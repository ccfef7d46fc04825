package io.jacobi.nn.train;

import java.util.Optional;

/** Thrown when the loss becomes NaN or infinite. */
public final class NonFiniteLossException extends NonFiniteStepException {

    private static final long serialVersionUID = 1L;

    /**
     * @param where the first layer with an output that is not finite
     * @param input the first feature or target that is not finite, if there is one
     */
    NonFiniteLossException(long step, double loss, String where, Optional<String> input) {
        super(
                step,
                "The loss is " + loss,
                input.map(found -> "first input that is not finite: " + found + "\n  ")
                                .orElse("")
                        + "first output that is not finite: " + where,
                input.isPresent()
                        ? "correct the row, leave it out, or give it the weight 0;"
                                + " ArrayDataset.requireFinite() finds such rows before training"
                        : "lower the learning rate, or scale the inputs to about 1; the batch has no NaN and"
                                + " no infinity");
    }
}
