package io.jacobi.nn.optim;

/**
 * {@link Schedule#exponential}.
 *
 * @param start the first rate, positive
 * @param factor positive
 */
record ExponentialRate(double start, double factor) implements Schedule {

    ExponentialRate {
        Hyperparameters.positive("first learning rate", start);
        Hyperparameters.positive("factor of the learning rate", factor);
    }

    @Override
    public double rateAt(long step) {
        return start * Math.pow(factor, (double) step);
    }
}
