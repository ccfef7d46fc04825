package io.jacobi.nn.optim;

/**
 * The learning rate as a pure function of the optimizer step, counted from 0: a resumed run needs nothing but the step.
 *
 * <p>Derivation: docs/derivations/optimizers.md.
 */
@FunctionalInterface
public interface Schedule {

    /** The rate of this step; positive or zero. */
    double rateAt(long step);

    /**
     * The same rate at every step.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite
     */
    static Schedule constant(double rate) {
        return new ConstantRate(rate);
    }

    /**
     * A rate that is multiplied by {@code factor} after every {@code every} steps: PyTorch's StepLR, counted in steps
     * and not in epochs.
     *
     * <pre>
     * rate(t) = rate · factor^⌊t / every⌋
     * </pre>
     *
     * @throws IllegalArgumentException unless rate and factor are positive and finite, and {@code every} is at least 1
     */
    static Schedule step(double rate, long every, double factor) {
        return new StepRate(rate, every, factor);
    }

    /**
     * A rate that is multiplied by {@code factor} after each step: PyTorch's ExponentialLR. To fall to a share s of
     * the start in n steps, the factor is s^(1/n).
     *
     * <pre>
     * rate(t) = rate · factor^t
     * </pre>
     *
     * @throws IllegalArgumentException unless rate and factor are positive and finite
     */
    static Schedule exponential(double rate, double factor) {
        return new ExponentialRate(rate, factor);
    }

    /**
     * A rate that falls from {@code rate} to 0 along half a cosine over {@code steps} steps, and stays there.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite, and there is at least one step
     */
    static Schedule cosine(double rate, long steps) {
        return cosine(rate, 0, steps);
    }

    /**
     * A rate that falls from {@code rate} to {@code end} along half a cosine over {@code steps} steps, and stays there.
     *
     * <pre>
     * rate(t) = end + (rate − end) (1 + cos(π t / steps)) / 2
     * </pre>
     *
     * Source: Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite, the end is finite and at least 0, and
     *     there is at least one step
     */
    static Schedule cosine(double rate, double end, long steps) {
        return new CosineRate(rate, end, steps);
    }

    /**
     * A rate that rises in equal parts over {@code steps} steps to where {@code then} begins, which takes over at its
     * own step 0.
     *
     * <pre>
     * rate(t) = then(0) · (t + 1) / (steps + 1)     for t below steps
     * rate(t) = then(t − steps)                     from there on
     * </pre>
     *
     * No step has a rate of 0. The running means of {@link Adam} are poor while they have seen few gradients, and
     * gradients change most in a network that has just been initialized.
     *
     * <p>Source: Goyal et al. 2017, section 2.2.
     *
     * @throws IllegalArgumentException unless there is at least one step
     */
    static Schedule warmUp(long steps, Schedule then) {
        return new WarmUpRate(steps, then);
    }

    /**
     * A rate that rises to {@code max} in the first 30 % of {@code steps} steps and falls to almost nothing in the
     * rest.
     *
     * @throws IllegalArgumentException unless the rate is positive and finite, and there are at least 7 steps
     */
    static Schedule oneCycle(double max, long steps) {
        return new OneCycleRate(max, steps, OneCycleRate.DEFAULT_RISE);
    }

    /**
     * A rate that rises along half a cosine to {@code max} and falls along another to almost nothing: PyTorch's
     * OneCycleLR with its defaults, except that the momentum stays as it is.
     *
     * <pre>
     * peak = rise · steps − 1      last = steps − 1
     * from max / 25 at step 0 to max at step peak to max / 250,000 at step last, and there it stays
     * </pre>
     *
     * Source: Smith and Topin 2018; cosines as in fast.ai and PyTorch.
     *
     * @param steps the number of steps, up and down
     * @param rise the share of the steps in which the rate rises, in (0, 1); at least two steps
     * @throws IllegalArgumentException unless the rate is positive and finite, and {@code rise} is such a share
     */
    static Schedule oneCycle(double max, long steps, double rise) {
        return new OneCycleRate(max, steps, rise);
    }
}
