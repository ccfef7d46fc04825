package io.jacobi.nn.optim;

/** {@link Schedule#constant}. */
record ConstantRate(double rate) implements Schedule {

    ConstantRate {
        Hyperparameters.positive("learning rate", rate);
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
