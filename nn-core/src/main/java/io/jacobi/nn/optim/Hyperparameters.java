package io.jacobi.nn.optim;

import java.util.Locale;

/** Checks the numbers that optimizers, schedules, penalties and clips are made with. */
final class Hyperparameters {

    private Hyperparameters() {}

    static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "The " + name + " is " + value + "\n  expected a positive, finite number");
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "The " + name + " is " + value + "\n  expected a finite number, at least 0");
        }
    }

    /** Checks the share of the past in a running mean or a velocity; not 1, because the past would never fade. */
    static void share(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    name + " is " + share + "\n  expected 0 <= " + name.toLowerCase(Locale.ROOT) + " < 1");
        }
    }

    /** Checks ε; not 0, because the step of a weight that has had no gradient would be 0 / 0. */
    static void epsilon(double epsilon) {
        positive("epsilon", epsilon);
    }

    static void decay(double decay) {
        notNegative("weight decay", decay);
    }

    static void steps(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("A schedule lasts " + steps + " steps\n  expected at least 1");
        }
    }
}
