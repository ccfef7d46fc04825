package io.jacobi.nn.metric;

import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.math.Probabilities;
import io.jacobi.nn.train.Targets;

/** Reads outputs and targets of one example, and refuses numbers that are not what they should be. */
record OutputReader(String metric, Outputs outputs) {

    /** The tolerance for the sum of a row of probabilities, for float rounding over many classes. */
    private static final double SUM_TOLERANCE = 1e-3;

    int classOf(double[] t, int at, int width, int classes, int index) {
        return Targets.classOf(
                metric,
                t,
                at,
                width,
                classes,
                index,
                "give the metric Outputs.BINARY_LOGITS if an example may have several labels; for regression use Mae,"
                        + " Rmse, R2 or Mape");
    }

    boolean isYes(double target, int index) {
        return Targets.isYes(
                metric,
                target,
                index,
                "map the labels to 0 and 1, such as -1 to 0; for regression use Mae, Rmse, R2 or Mape");
    }

    /** Replaces the outputs of one example by the probabilities of the classes; a NaN stays. */
    void toProbabilities(double[] y, int at, int classes, int index) {
        if (outputs.areLogits()) {
            Probabilities.softmax(y, at, classes);
            return;
        }
        double sum = 0;
        double least = 0;
        for (int i = at; i < at + classes; i++) {
            sum += y[i];
            least = Math.min(least, y[i]);
        }
        if (least < 0 || Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw noProbability(
                    index, least < 0 ? "has the output " + least : "has outputs that sum to " + sum, "Softmax");
        }
    }

    /** Returns the probability that a binary output gives to the answer. */
    double probability(double y, boolean yes, int index) {
        if (outputs.areLogits()) {
            // 1 − p cancels where p is near 1
            return Probabilities.sigmoid(yes ? y : -y);
        }
        if (y < 0 || y > 1) {
            throw noProbability(index, "has the output " + y, "Sigmoid");
        }
        return yes ? y : 1 - y;
    }

    private ExampleException noProbability(int index, String what, String layer) {
        return new ExampleException(
                "The metric " + metric + " cannot judge the prediction of ",
                index,
                ", which " + what + "\n  expected probabilities, "
                        + (outputs.areClasses() ? "which sum to 1" : "from 0 to 1")
                        + "\n  fix: end the model with " + layer
                        + ", or tell the metric what its outputs are: Outputs");
    }
}
