package io.jacobi.nn.optim;

/**
 * A learning rate that rises in equal parts to where another schedule begins, which then takes over at its own step 0.
 *
 * <pre>
 * rate(t) = then(0) · (t + 1) / (steps + 1)     for t below steps
 * rate(t) = then(t − steps)                     from there on
 * </pre>
 *
 * No step is wasted on a rate of 0. The running means of {@link Adam} are poor while they have seen few gradients, and a network
 * that has just been drawn at random is where gradients change most.
 *
 * <p>Source: Goyal et al. 2017, section 2.2.
 *
 * @param steps how many steps the rise takes
 * @param then what follows
 */
public record WarmUpRate(long steps, Schedule then) implements Schedule {

    public WarmUpRate {
        RateCheck.steps(steps);
    }

    @Override
    public double rateAt(long step) {
        return step < steps ? then.rateAt(0) * (step + 1) / (steps + 1) : then.rateAt(step - steps);
    }
}
