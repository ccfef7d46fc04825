package io.jacobi.nn.optim;

/**
 * {@link Schedule#cosine(double, double, long)}.
 *
 * @param start the first rate, positive
 * @param end the last rate, at least 0
 * @param steps the number of steps of the fall
 */
record CosineRate(double start, double end, long steps) implements Schedule {

    CosineRate {
        Hyperparameters.positive("first learning rate", start);
        Hyperparameters.notNegative("last learning rate", end);
        Hyperparameters.steps(steps);
    }

    @Override
    public double rateAt(long step) {
        double done = (double) Math.min(step, steps) / steps;
        return end + (start - end) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
