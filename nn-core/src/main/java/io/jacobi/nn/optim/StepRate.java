package io.jacobi.nn.optim;

/**
 * {@link Schedule#step}.
 *
 * @param start the first rate, positive
 * @param every the number of steps at each rate
 * @param factor positive
 */
record StepRate(double start, long every, double factor) implements Schedule {

    StepRate {
        Hyperparameters.positive("first learning rate", start);
        Hyperparameters.steps(every);
        Hyperparameters.positive("factor of the learning rate", factor);
    }

    @Override
    public double rateAt(long step) {
        long falls = step / every;
        return start * Math.pow(factor, (double) falls);
    }
}
