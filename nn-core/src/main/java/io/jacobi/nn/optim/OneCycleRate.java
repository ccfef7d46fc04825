package io.jacobi.nn.optim;

/**
 * {@link Schedule#oneCycle(double, long, double)}.
 *
 * @param max the highest rate, positive
 * @param steps the number of steps, up and down
 * @param rise the share of the steps in which the rate rises, in (0, 1); at least two steps
 */
record OneCycleRate(double max, long steps, double rise) implements Schedule {

    // PyTorch's pct_start, div_factor and final_div_factor
    static final double DEFAULT_RISE = 0.3;
    private static final double FIRST = 1 / 25d;
    private static final double LAST = FIRST / 1e4;

    OneCycleRate {
        Hyperparameters.positive("highest learning rate", max);
        Hyperparameters.steps(steps);
        if (!(rise > 0 && rise < 1 && rise * steps >= 2)) {
            throw new IllegalArgumentException("The share of " + steps + " steps in which the rate rises is " + rise
                    + "\n  expected 0 < share < 1, and at least 2 steps\n  fix: use more steps, or a larger share");
        }
    }

    @Override
    public double rateAt(long step) {
        double peak = rise * steps - 1;
        double last = steps - 1d;
        return step <= peak
                ? between(max * FIRST, max, step / peak)
                : between(max, max * LAST, Math.min(1, (step - peak) / (last - peak)));
    }

    /** Along half a cosine, {@code done} from 0 to 1. */
    private static double between(double from, double to, double done) {
        return to + (from - to) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
