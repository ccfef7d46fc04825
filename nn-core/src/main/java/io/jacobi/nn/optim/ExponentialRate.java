package io.jacobi.nn.optim;

/**
 * A learning rate that is multiplied with {@code factor} after each step.
 *
 * <pre>
 * rate(t) = start · factor^t
 * </pre>
 *
 * PyTorch's ExponentialLR. To fall to a share s of the start in n steps, the factor is s^(1/n).
 *
 * @param start the first rate, positive
 * @param factor positive
 */
public record ExponentialRate(double start, double factor) implements Schedule {

    public ExponentialRate {
        RateCheck.positive("first learning rate", start);
        RateCheck.positive("factor of the learning rate", factor);
    }

    @Override
    public double rateAt(long step) {
        return start * Math.pow(factor, (double) step);
    }
}
