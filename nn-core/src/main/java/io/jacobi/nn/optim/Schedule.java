package io.jacobi.nn.optim;

/**
 * The learning rate as a pure function of the optimizer step, counted from 0: a resumed run needs nothing but the step.
 *
 * <p>Formulas: docs/derivations/optimizers.md.
 */
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
     * Multiplied with {@code factor} after every {@code every} steps: {@link StepRate}.
     *
     * @throws IllegalArgumentException unless rate and factor are positive and finite, and {@code every} is at least 1
     */
    static Schedule step(double rate, long every, double factor) {
        return new StepRate(rate, every, factor);
    }

    /**
     * Multiplied with {@code factor} after each step: {@link ExponentialRate}.
     *
     * @throws IllegalArgumentException unless rate and factor are positive and finite
     */
    static Schedule exponential(double rate, double factor) {
        return new ExponentialRate(rate, factor);
    }

    /**
     * Falls from {@code rate} to 0 along half a cosine over {@code steps} steps: {@link CosineRate}.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite, and there is at least one step
     */
    static Schedule cosine(double rate, long steps) {
        return new CosineRate(rate, 0, steps);
    }

    /**
     * Rises for {@code steps} steps to where {@code then} begins, and goes on with it: {@link WarmUpRate}.
     *
     * @throws IllegalArgumentException unless there is at least one step
     */
    static Schedule warmUp(long steps, Schedule then) {
        return new WarmUpRate(steps, then);
    }

    /**
     * Rises to {@code max} in the first 30 % of {@code steps} steps and falls to almost nothing in the rest: {@link OneCycleRate}.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite, and there are at least 7 steps
     */
    static Schedule oneCycle(double max, long steps) {
        return new OneCycleRate(max, steps);
    }
}
