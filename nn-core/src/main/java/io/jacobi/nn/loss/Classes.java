package io.jacobi.nn.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.List;

/** Targets of classifiers: class indices, rows of probabilities, and weights for the classes. */
final class Classes {

    /** How far a row of probabilities may sum from one: float rounding over many classes. */
    private static final double SUM_TOLERANCE = 1e-3;

    private Classes() {}

    /** The output must be one number for each of at least two classes, and class weights as many. */
    static void checkPrediction(String loss, Shape prediction, List<Double> weights) {
        if (prediction.rank() != 1) {
            throw new ShapeException(
                    loss + " cannot use the model's output",
                    "[classes] per example",
                    prediction.toString(),
                    "end the model with a Flatten and an Affine layer of one unit for each class");
        }
        if (prediction.size() == 1) {
            throw new ShapeException(
                    loss + " cannot use the model's output",
                    "at least 2 classes: the only one always has probability 1, and nothing is learned",
                    prediction.toString(),
                    "BinaryCrossEntropy for one output that says yes or no, or one output for each class");
        }
        if (!weights.isEmpty() && weights.size() != prediction.size()) {
            throw new ShapeException(
                    loss + " has weights for other classes than the model",
                    prediction.size() + " class weights, one for each output",
                    weights.size() + " class weights, " + weights,
                    "give one weight for each class, in the order of the outputs");
        }
    }

    /** The target as a class, if it is one. */
    static int index(double target, int example, int classes) {
        int c = (int) target;
        if (c != target || c < 0 || c >= classes) {
            throw new IllegalArgumentException("The target of example " + example + " of the batch is class "
                    + (c == target ? Integer.toString(c) : Double.toString(target))
                    + "\n  expected a whole number from 0 to "
                    + (classes - 1) + ", since the model has " + classes
                    + " outputs\n  fix: correct the label, or give the last layer more units");
        }
        return c;
    }

    /** The target must be probabilities, not negative and with the sum 1. */
    static void requireDistribution(Example e) {
        double sum = 0;
        for (int c = 0; c < e.width(); c++) {
            double p = e.t()[e.from() + c];
            if (!(p >= 0)) {
                throw new IllegalArgumentException("The target of example " + e.number() + " of the batch gives class "
                        + c + " the probability " + p + "\n  expected a number from 0 to 1"
                        + "\n  fix: give probabilities, not scores or their logarithms");
            }
            sum += p;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "The target of example " + e.number() + " of the batch has probabilities that sum to " + sum
                            + "\n  expected 1\n  fix: divide each row by its sum");
        }
    }

    /** A copy of class weights that can be; empty stands for none. */
    static List<Double> requireWeights(List<Double> weights) {
        for (int c = 0; c < weights.size(); c++) {
            double w = weights.get(c);
            if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "The weight of class " + c + " is " + w + "\n  expected a finite number that is not negative");
            }
        }
        if (!weights.isEmpty() && weights.stream().allMatch(w -> w == 0)) {
            throw new IllegalArgumentException(
                    "The weights of all classes are 0\n  expected at least one positive weight");
        }
        return List.copyOf(weights);
    }

    /** The weight of class c, 1 if there are none. */
    static double weight(List<Double> weights, int c) {
        return weights.isEmpty() ? 1 : weights.get(c);
    }

    /** {@code name(hyperparameter, class weights [...])}, without what is not set. */
    static String describe(String name, String hyperparameter, List<Double> weights) {
        String classWeights = weights.isEmpty() ? "" : "class weights " + weights;
        String all = hyperparameter + (hyperparameter.isEmpty() || classWeights.isEmpty() ? "" : ", ") + classWeights;
        return all.isEmpty() ? name : name + "(" + all + ")";
    }
}
