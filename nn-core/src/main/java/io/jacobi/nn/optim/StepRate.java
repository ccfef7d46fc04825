package io.jacobi.nn.optim;

/**
 * A learning rate that is multiplied with {@code factor} at once after every so many steps.
 *
 * <pre>
 * rate(t) = start · factor^⌊t / every⌋
 * </pre>
 *
 * PyTorch's StepLR, counted in steps and not in epochs.
 *
 * @param start the first rate, positive
 * @param every how many steps each rate lasts
 * @param factor positive
 */
public record StepRate(double start, long every, double factor) implements Schedule {

    public StepRate {
        RateCheck.positive("first learning rate", start);
        RateCheck.steps(every);
        RateCheck.positive("factor of the learning rate", factor);
    }

    @Override
    public double rateAt(long step) {
        long falls = step / every;
        return start * Math.pow(factor, (double) falls);
    }
}
