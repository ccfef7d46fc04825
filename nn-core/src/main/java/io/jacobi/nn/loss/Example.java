package io.jacobi.nn.loss;

import io.jacobi.nn.math.Scratch;

/**
 * One example of a batch, as {@link RowLoss#row} sees it: a row in a tile of predictions, and its target in a tile of targets.
 * One object moves from row to row: keep no reference to it.
 */
public final class Example {

    private final int outputs;
    private final int width;
    private final Scratch scratch;
    private double[] y = {};
    private double[] t = {};
    private int number;
    private int at;
    private int from;

    Example(int outputs, int width, Scratch scratch) {
        this.outputs = outputs;
        this.width = width;
        this.scratch = scratch;
    }

    /** Row {@code r} of these tiles, which is example {@code number} of the batch. */
    Example moveTo(double[] predictions, double[] targets, int r, int number) {
        this.y = predictions;
        this.t = targets;
        this.at = r * outputs;
        this.from = r * width;
        this.number = number;
        return this;
    }

    /** The tile of predictions; this example's are {@link #outputs()} elements from {@link #at()}. */
    public double[] y() {
        return y;
    }

    /** Where this example's prediction begins. */
    public int at() {
        return at;
    }

    /** The number of elements of the prediction. */
    public int outputs() {
        return outputs;
    }

    /** The tile of targets; this example's are {@link #width()} elements from {@link #from()}. */
    public double[] t() {
        return t;
    }

    /** Where this example's target begins; the same as {@link #at()} if it is as long as the prediction. */
    public int from() {
        return from;
    }

    /** The number of elements of the target. */
    public int width() {
        return width;
    }

    /** Its position in the batch. */
    public int number() {
        return number;
    }

    /** Room for {@code length} numbers; its content is what the last user left. */
    public double[] work(int length) {
        return scratch.doubles(RowMeans.WORK, length);
    }

    /** The error to throw if element {@code i} of the target is impossible; says which, what is allowed and what to do. */
    public IllegalArgumentException impossibleTarget(int i, String expected, String fix) {
        return new IllegalArgumentException("The target of example " + number + " of the batch is " + t[from + i]
                + (width > 1 ? " for output " + i : "") + "\n  expected " + expected + "\n  fix: " + fix);
    }
}
