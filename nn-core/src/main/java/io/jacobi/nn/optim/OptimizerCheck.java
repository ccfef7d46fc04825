package io.jacobi.nn.optim;

import java.util.Locale;

/** What an optimizer's numbers may be. */
final class OptimizerCheck {

    private OptimizerCheck() {}

    /** The share of the past in a running mean or a velocity: with 1 the past would never fade. */
    static void share(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    name + " is " + share + "\n  expected 0 <= " + name.toLowerCase(Locale.ROOT) + " < 1");
        }
    }

    /** Not 0: a weight that has seen no gradient would become 0 / 0. */
    static void epsilon(double epsilon) {
        RateCheck.positive("epsilon", epsilon);
    }

    static void decay(double decay) {
        RateCheck.notNegative("weight decay", decay);
    }
}
