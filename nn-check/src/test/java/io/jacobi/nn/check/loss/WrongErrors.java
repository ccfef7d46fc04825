package io.jacobi.nn.check.loss;

import io.jacobi.nn.loss.ElementwiseLoss;

/** Losses of single outputs, each with one mistake. */
enum WrongErrors implements ElementwiseLoss {
    /** Huber's loss with δ = 0.3, whose gradient changes at 1. */
    HUBER_TURNS_ELSEWHERE {
        @Override
        double loss(double y, double t) {
            double e = Math.abs(y - t);
            return e <= 0.3 ? e * e / 2 : 0.3 * (e - 0.15);
        }

        @Override
        double slope(double y, double t) {
            double e = y - t;
            return Math.abs(e) <= 1 ? e : 0.3 * Math.signum(e);
        }
    },
    /** The absolute error, with the slope 1 at its kink. */
    ABSOLUTE_ERROR_RISES_AT_ITS_KINK {
        @Override
        double loss(double y, double t) {
            return Math.abs(y - t);
        }

        @Override
        double slope(double y, double t) {
            return y >= t ? 1 : -1;
        }
    },
    /** The squared error with the ½ of some books, in value and gradient. */
    SQUARED_ERROR_HAS_A_HALF {
        @Override
        double loss(double y, double t) {
            return (y - t) * (y - t) / 2;
        }

        @Override
        double slope(double y, double t) {
            return y - t;
        }
    },
    /** The binary cross-entropy by the logarithm of a sigmoid. */
    BINARY_CROSS_ENTROPY_TAKES_LOGARITHMS_OF_0 {
        @Override
        double loss(double y, double t) {
            double p = 1 / (1 + Math.exp(-y));
            return -(t * Math.log(p) + (1 - t) * Math.log(1 - p));
        }

        @Override
        double slope(double y, double t) {
            return 1 / (1 + Math.exp(-y)) - t;
        }
    };

    abstract double loss(double y, double t);

    abstract double slope(double y, double t);

    @Override
    public double sum(double[] y, double[] t, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += loss(y[i], t[i]);
            y[i] = slope(y[i], t[i]);
        }
        return sum;
    }
}
