package io.jacobi.nn.optim;

/** The same learning rate at every step. */
public record ConstantRate(double rate) implements Schedule {

    public ConstantRate {
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "The learning rate is " + rate + "\n  expected a positive, finite number");
        }
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
