package io.jacobi.nn.optim;

/** The same learning rate at every step. */
public record ConstantRate(double rate) implements Schedule {

    public ConstantRate {
        RateCheck.positive("learning rate", rate);
    }

    @Override
    public double rateAt(long step) {
        return rate;
    }

    @Override
    public String toString() {
        return Double.toString(rate);
    }
}
