package io.jacobi.nn.loss;

import io.jacobi.nn.math.Scratch;

/**
 * One example of a batch, as {@link RowLoss#row} gets it: a row in a tile of predictions, and its target in a tile of
 * targets. One object moves from row to row, so a loss must not keep a reference to it.
 */
public final class Example {

    private final int outputs;
    private final int width;
    private final Scratch scratch;
    private double[] y = {};
    private double[] t = {};
    private int index;
    private int yStart;
    private int tStart;

    Example(int outputs, int width, Scratch scratch) {
        this.outputs = outputs;
        this.width = width;
        this.scratch = scratch;
    }

    /** Moves to row {@code r} of these tiles, which is example {@code index} of the batch. */
    Example moveTo(double[] predictions, double[] targets, int r, int index) {
        this.y = predictions;
        this.t = targets;
        this.yStart = r * outputs;
        this.tStart = r * width;
        this.index = index;
        return this;
    }

    /** The tile of predictions. This example has {@link #outputs()} elements of it, from {@link #yStart()}. */
    public double[] y() {
        return y;
    }

    /** The index of the first element of the prediction in {@link #y()}. */
    public int yStart() {
        return yStart;
    }

    /** The number of elements of the prediction. */
    public int outputs() {
        return outputs;
    }

    /** The tile of targets. This example has {@link #width()} elements of it, from {@link #tStart()}. */
    public double[] t() {
        return t;
    }

    /**
     * The index of the first element of the target in {@link #t()}; equal to {@link #yStart()} if target and prediction
     * are equally long.
     */
    public int tStart() {
        return tStart;
    }

    /** The number of elements of the target. */
    public int width() {
        return width;
    }

    /** The index of the example in the batch. */
    public int index() {
        return index;
    }

    /** Working memory for {@code length} numbers. Its content is undefined. */
    public double[] work(int length) {
        return scratch.doubles(RowMeans.WORK, length);
    }

    /**
     * Returns the exception to throw if element {@code i} of the target is impossible. It names the element, its value
     * and the fix.
     */
    public ExampleException impossibleTarget(int i, String expected, String fix) {
        return new ExampleException(
                "The target of ",
                index,
                " is " + t[tStart + i] + (width > 1 ? " for output " + i : "") + "\n  expected " + expected
                        + "\n  fix: " + fix);
    }
}
