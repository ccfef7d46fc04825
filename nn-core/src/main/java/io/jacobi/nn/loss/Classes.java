package io.jacobi.nn.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Targets of classifiers: class indices, rows of probabilities, and weights for the classes. */
final class Classes {

    /** The tolerance for the sum of a row of probabilities, for float rounding over many classes. */
    private static final double SUM_TOLERANCE = 1e-3;

    private Classes() {}

    /** Requires one output for each of at least two classes, and one class weight for each if there are any. */
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
                    "at least 2 classes: a single class always has probability 1, and nothing is learned",
                    prediction.toString(),
                    "use BinaryCrossEntropy for one output that says yes or no, or one output for each class");
        }
        if (!weights.isEmpty() && weights.size() != prediction.size()) {
            throw new ShapeException(
                    loss + " has another number of class weights than the model has outputs",
                    prediction.size() + " class weights, one for each output",
                    weights.size() + " class weights, " + weights,
                    "give one weight for each class, in the order of the outputs");
        }
    }

    /** Returns the target as a class index, which it must be. */
    static int index(double target, int example, int classes) {
        int c = (int) target;
        if (c != target || c < 0 || c >= classes) {
            throw new ExampleException(
                    "The target of ",
                    example,
                    " is class " + (c == target ? Integer.toString(c) : Double.toString(target))
                            + "\n  expected a whole number from 0 to " + (classes - 1) + " because the model has "
                            + classes + " outputs\n  fix: "
                            + (c == classes && c == target
                                    ? "labels start at 0: if yours go from 1 to " + classes + ", subtract 1 from each;"
                                            + " otherwise "
                                    : "")
                            + "correct the label, or give the last layer more units");
        }
        return c;
    }

    /** Requires that the target consists of probabilities: not negative, with the sum 1. */
    static void requireDistribution(Example e) {
        double sum = 0;
        for (int c = 0; c < e.width(); c++) {
            double p = e.t()[e.tStart() + c];
            if (!(p >= 0)) {
                throw new ExampleException(
                        "The target of ",
                        e.index(),
                        " gives class " + c + " the probability " + p + "\n  expected a number from 0 to 1"
                                + "\n  fix: give probabilities, not scores or their logarithms");
            }
            sum += p;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new ExampleException(
                    "The target of ",
                    e.index(),
                    " has probabilities that sum to " + sum + "\n  expected 1\n  fix: divide each row by its sum");
        }
    }

    /** Returns a copy of valid class weights; an empty list stands for no weights. */
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

    /** The weight of class c, or 1 if there are no weights. */
    static double weight(List<Double> weights, int c) {
        return weights.isEmpty() ? 1 : weights.get(c);
    }

    /**
     * Replaces logits, one or more of which are +∞, by what they tend to, relative to the largest: 0 for a single +∞
     * and −∞ for the others. With several there is no limit, and each +∞ becomes NaN. Returns the largest, 0 or NaN.
     */
    static double moveToLimit(double[] z, int at, int classes) {
        long infinite = Arrays.stream(z, at, at + classes)
                .filter(logit -> logit == Double.POSITIVE_INFINITY)
                .count();
        double largest = infinite == 1 ? 0 : Double.NaN;
        for (int i = at; i < at + classes; i++) {
            z[i] = z[i] == Double.POSITIVE_INFINITY ? largest : Double.NEGATIVE_INFINITY;
        }
        return largest;
    }

    /** Returns the name with what is set: {@code name(hyperparameter, class weights [...], without class -100)}. */
    static String describe(String name, String hyperparameter, List<Double> weights, OptionalInt ignored) {
        List<String> set = new ArrayList<>();
        set.add(hyperparameter);
        set.add(weights.isEmpty() ? "" : "class weights " + weights);
        set.add(ignored.isPresent() ? "without class " + ignored.getAsInt() : "");
        set.removeIf(String::isEmpty);
        return set.isEmpty() ? name : name + "(" + String.join(", ", set) + ")";
    }
}
