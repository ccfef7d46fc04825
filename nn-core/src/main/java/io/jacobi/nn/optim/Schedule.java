package io.jacobi.nn.optim;

/** The learning rate as a pure function of the optimizer step, counted from 0: a resumed run needs nothing but the step. */
@FunctionalInterface
public interface Schedule {

    /** The rate of this step; positive or zero. */
    double rateAt(long step);

    /**
     * The same rate always.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite
     */
    static Schedule constant(double rate) {
        return new ConstantRate(rate);
    }

    /**
     * Falls from {@code rate} to 0 along half a cosine over {@code steps} steps: {@link CosineRate}.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite, and there is at least one step
     */
    static Schedule cosine(double rate, long steps) {
        return new CosineRate(rate, 0, steps);
    }
}
