package io.jacobi.nn.optim;

/**
 * A learning rate that falls along half a cosine, from {@code start} at step 0 to {@code end} at step {@code steps}, and stays
 * there.
 *
 * <pre>
 * rate(t) = end + (start − end) (1 + cos(π t / steps)) / 2
 * </pre>
 *
 * Source: Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts.
 *
 * @param start the first rate, positive
 * @param end the last rate, at least 0
 * @param steps how many steps the fall takes
 */
public record CosineRate(double start, double end, long steps) implements Schedule {

    public CosineRate {
        RateCheck.positive("first learning rate", start);
        RateCheck.notNegative("last learning rate", end);
        RateCheck.steps(steps);
    }

    @Override
    public double rateAt(long step) {
        double done = (double) Math.min(step, steps) / steps;
        return end + (start - end) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
