package io.jacobi.nn.train;

/** Thrown when the loss becomes NaN or infinite. */
public final class NonFiniteLossException extends NonFiniteStepException {

    private static final long serialVersionUID = 1L;

    NonFiniteLossException(long step, double loss, String where) {
        super(
                step,
                "The loss is " + loss,
                "first output that is not finite: " + where,
                "lower the learning rate, scale the inputs to about 1, or look for NaN in the data");
    }
}
