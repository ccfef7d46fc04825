package io.jacobi.nn.loss;

/**
 * Thrown when a loss or a metric cannot use an example, such as a label that is no class. A loss knows the example by
 * its place in the batch. The trainer knows where it came from, and {@linkplain #named names} its row in the data set.
 */
public final class ExampleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String before;
    private final int index;
    private final String after;

    /**
     * The message is {@code before}, "example 3 of the batch", and {@code after}.
     *
     * @param index the place of the example in the batch, from 0
     * @param after what is wrong, what was expected and how to fix it
     */
    public ExampleException(String before, int index, String after) {
        super(before + "example " + index + " of the batch" + after);
        this.before = before;
        this.index = index;
        this.after = after;
    }

    private ExampleException(String name, ExampleException cause) {
        super(cause.before + name + cause.after, cause);
        this.before = cause.before;
        this.index = cause.index;
        this.after = cause.after;
    }

    /** The place of the example in the batch, from 0. */
    public int index() {
        return index;
    }

    /** Returns the same exception with another name of the example, such as "row 57 of the data set". */
    public ExampleException named(String example) {
        return new ExampleException(example, this);
    }
}
