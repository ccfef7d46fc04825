package io.jacobi.nn.optim;

/**
 * A learning rate that rises along half a cosine to its maximum, and falls along another to almost nothing.
 *
 * <pre>
 * peak = rise · steps − 1      last = steps − 1
 * from max / 25 at step 0 to max at step peak to max / 250,000 at step last, and there it stays
 * </pre>
 *
 * PyTorch's OneCycleLR with its defaults, except that the momentum does not move the other way.
 *
 * <p>Source: Smith and Topin 2018; cosines as in fast.ai and PyTorch.
 *
 * @param max the highest rate, positive
 * @param steps how many steps it takes, up and down
 * @param rise the share of the steps that goes up, in (0, 1); at least two steps
 */
public record OneCycleRate(double max, long steps, double rise) implements Schedule {

    // PyTorch's pct_start, div_factor and final_div_factor
    private static final double DEFAULT_RISE = 0.3;
    private static final double FIRST = 1 / 25d;
    private static final double LAST = FIRST / 1e4;

    public OneCycleRate {
        RateCheck.positive("highest learning rate", max);
        RateCheck.steps(steps);
        if (!(rise > 0 && rise < 1 && rise * steps >= 2)) {
            throw new IllegalArgumentException("The share of " + steps + " steps in which the rate rises is " + rise
                    + "\n  expected 0 < share < 1, and at least 2 steps\n  fix: more steps, or a larger share");
        }
    }

    /** Rising in the first 30 % of the steps. */
    public OneCycleRate(double max, long steps) {
        this(max, steps, DEFAULT_RISE);
    }

    /** Returns a copy with another share of the steps going up. */
    public OneCycleRate withRise(double share) {
        return new OneCycleRate(max, steps, share);
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
