package io.jacobi.nn.inference;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.math.Probabilities;

/** Turns the outputs of a model into the probabilities of classes. */
record ClassProbabilities(OutputKind kind, int outputs) {

    /** The tolerance for the sum of probabilities, for float rounding over many classes. */
    private static final double SUM_TOLERANCE = 1e-3;

    /** The number of classes: a single output says no or yes. */
    int classes() {
        return outputs == 1 ? 2 : outputs;
    }

    /**
     * Returns the probability of each class.
     *
     * @throws IllegalStateException if the outputs are not those of a classifier
     */
    double[] of(float[] y) {
        double[] p = outputs == 1 ? noAndYes(y[0]) : ofClasses(y);
        double sum = 0;
        double least = 0;
        for (double probability : p) {
            sum += probability;
            least = Math.min(least, probability);
        }
        // written so that NaN is refused
        if (!(least >= 0 && Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw notProbabilities(Double.isNaN(sum), least < 0 ? "one is " + least : "they sum to " + sum);
        }
        return p;
    }

    private double[] noAndYes(double y) {
        return switch (kind) {
            // 1 − p cancels where p is near 1
            case ANY -> new double[] {Probabilities.sigmoid(-y), Probabilities.sigmoid(y)};
            case PROBABILITIES -> new double[] {1 - y, y};
            case LOG_PROBABILITIES -> new double[] {-Math.expm1(y), Math.exp(y)};
        };
    }

    private double[] ofClasses(float[] y) {
        double[] p = new double[y.length];
        for (int c = 0; c < p.length; c++) {
            p[c] = y[c];
        }
        if (kind != OutputKind.PROBABILITIES) {
            // the softmax of log-probabilities is the probabilities
            Probabilities.softmax(p, 0, p.length);
        }
        return p;
    }

    private static IllegalStateException notProbabilities(boolean isNan, String found) {
        return isNan
                ? new IllegalStateException("The output of the model is NaN"
                        + "\n  expected numbers\n  fix: look for NaN in the weights, which a diverging training leaves")
                : new IllegalStateException("The outputs of the model are not the probabilities of classes: " + found
                        + "\n  expected probabilities that sum to 1"
                        + "\n  fix: use a Predictor for several labels, and a Regressor for numbers");
    }
}
