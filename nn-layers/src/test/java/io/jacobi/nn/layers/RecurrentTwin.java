package io.jacobi.nn.layers;

import io.jacobi.nn.Sequential;
import io.jacobi.nn.math.Vectors;

/**
 * The equations of {@link Lstm} and {@link Gru} for one example, one scalar after the other, as their papers and PyTorch's
 * documentation state them: slow, and without a line in common with the layers.
 */
final class RecurrentTwin {

    private final double[] inputWeight;
    private final double[] stateWeight;
    private final double[] inputBias;
    private final double[] stateBias;
    private final int features;
    private final int units;

    /** Reads the parameters of layer 0. */
    RecurrentTwin(Sequential model, int features, int units) {
        this.inputWeight = Vectors.toDoubles(model.value("0.weight_ih_l0"));
        this.stateWeight = Vectors.toDoubles(model.value("0.weight_hh_l0"));
        this.inputBias = Vectors.toDoubles(model.value("0.bias_ih_l0"));
        this.stateBias = Vectors.toDoubles(model.value("0.bias_hh_l0"));
        this.features = features;
        this.units = units;
    }

    /** The state after each step of {@code x [time][features]}. */
    double[][] lstm(double[][] x) {
        double[][] states = new double[x.length][units];
        double[] h = new double[units];
        double[] c = new double[units];
        for (int t = 0; t < x.length; t++) {
            for (int k = 0; k < units; k++) {
                double i = sigmoid(ofInput(k, x[t]) + ofState(k, h));
                double f = sigmoid(ofInput(units + k, x[t]) + ofState(units + k, h));
                double g = Math.tanh(ofInput(2 * units + k, x[t]) + ofState(2 * units + k, h));
                double o = sigmoid(ofInput(3 * units + k, x[t]) + ofState(3 * units + k, h));
                c[k] = f * c[k] + i * g;
                states[t][k] = o * Math.tanh(c[k]);
            }
            h = states[t];
        }
        return states;
    }

    /** The state after each step of {@code x [time][features]}. */
    double[][] gru(double[][] x) {
        double[][] states = new double[x.length][units];
        double[] h = new double[units];
        for (int t = 0; t < x.length; t++) {
            for (int k = 0; k < units; k++) {
                double r = sigmoid(ofInput(k, x[t]) + ofState(k, h));
                double z = sigmoid(ofInput(units + k, x[t]) + ofState(units + k, h));
                double n = Math.tanh(ofInput(2 * units + k, x[t]) + r * ofState(2 * units + k, h));
                states[t][k] = (1 - z) * n + z * h[k];
            }
            h = states[t];
        }
        return states;
    }

    private double ofInput(int row, double[] x) {
        double sum = inputBias[row];
        for (int j = 0; j < features; j++) {
            sum += inputWeight[row * features + j] * x[j];
        }
        return sum;
    }

    private double ofState(int row, double[] h) {
        double sum = stateBias[row];
        for (int k = 0; k < units; k++) {
            sum += stateWeight[row * units + k] * h[k];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
