package io.jacobi.nn.optim;

/**
 * {@link Schedule#warmUp}.
 *
 * @param steps the number of steps of the rise
 * @param then the schedule that follows
 */
record WarmUpRate(long steps, Schedule then) implements Schedule {

    WarmUpRate {
        Hyperparameters.steps(steps);
    }

    @Override
    public double rateAt(long step) {
        return step < steps ? then.rateAt(0) * (step + 1) / (steps + 1) : then.rateAt(step - steps);
    }
}
