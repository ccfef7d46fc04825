package io.jacobi.nn.train;

import io.jacobi.nn.loss.ExampleException;

/** What the target of an example says, for metrics. */
public final class Targets {

    /** The tolerance for the sum of a row of probabilities, as in the losses. */
    private static final double SUM_TOLERANCE = 1e-3;

    private Targets() {}

    /**
     * Returns the class that a target names: a class index, or a row of probabilities whose largest element is the
     * class.
     *
     * @param metric the name of the metric, for messages
     * @param t the targets, from {@code at}
     * @param width the number of targets of one example
     * @param classes the number of classes
     * @param index the place of the example in the batch
     * @param fix how to fix a target that names no class
     * @throws ExampleException if the target names no class
     */
    public static int classOf(String metric, double[] t, int at, int width, int classes, int index, String fix) {
        return width == 1 ? requireClass(metric, t[at], classes, index, fix) : likely(metric, t, at, width, index, fix);
    }

    private static int requireClass(String metric, double target, int classes, int index, String fix) {
        int c = (int) target;
        if (c != target || c < 0 || c >= classes) {
            throw impossible(
                    metric, index, "which is " + target, "a class, a whole number from 0 to " + (classes - 1), fix);
        }
        return c;
    }

    private static int likely(String metric, double[] t, int at, int width, int index, String fix) {
        double sum = 0;
        double least = 0;
        for (int i = at; i < at + width; i++) {
            sum += t[i];
            least = Math.min(least, t[i]);
        }
        // written so that NaN is refused
        if (!(least == 0 && Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw impossible(
                    metric,
                    index,
                    "a row of numbers " + (least < 0 ? "with " + least : "that sum to " + sum),
                    "the probability of each class, which sum to 1",
                    fix);
        }
        return largest(t, at, width);
    }

    /**
     * Returns whether a target from 0 (no) to 1 (yes) is nearer to yes.
     *
     * @param metric the name of the metric, for messages
     * @param index the place of the example in the batch
     * @param fix how to fix a target that is neither
     * @throws ExampleException if the target is not in [0, 1]
     */
    public static boolean isYes(String metric, double target, int index, String fix) {
        if (!(target >= 0 && target <= 1)) {
            throw impossible(metric, index, "which is " + target, "a number from 0 (no) to 1 (yes)", fix);
        }
        return target > 0.5;
    }

    private static ExampleException impossible(String metric, int index, String what, String expected, String fix) {
        return new ExampleException(
                "The metric " + metric + " cannot judge the target of ",
                index,
                ", " + what + "\n  expected " + expected + "\n  fix: " + fix);
    }

    /**
     * Returns the index of the largest of {@code n} elements from {@code at}, the first if several are equally large,
     * or -1 if the first element is NaN, because such an output predicts nothing.
     */
    public static int largest(double[] values, int at, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (values[at + i] > values[at + best]) {
                best = i;
            }
        }
        return Double.isNaN(values[at + best]) ? -1 : best;
    }
}
