package com.example;

import io.jacobi.nn.loss.ElementwiseLoss;

/** The mean of log cosh(y - t): quadratic near 0 and linear far away, with a slope of tanh(y - t). */
record LogCosh() implements ElementwiseLoss {

    @Override
    public double sum(double[] y, double[] t, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double e = Math.abs(y[i] - t[i]);
            // log cosh e = e + log(1 + exp(-2e)) - log 2, which does not overflow
            sum += e + Math.log1p(Math.exp(-2 * e)) - Math.log(2);
            y[i] = Math.tanh(y[i] - t[i]);
        }
        return sum;
    }
}
