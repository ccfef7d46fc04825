package io.jacobi.nn;

/**
 * Shapes that do not fit. The message has four parts: what happened, what was expected, what was received, and how to mend it.
 *
 * <pre>
 * Layer 2 of 3, Affine(10): the input does not fit
 *   expects  rank 1 per example, [features]
 *   received [28, 28] from layer 1, Relu
 *   fix: put a Flatten before it
 * </pre>
 */
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String expected;
    private final String received;
    private final String fix;

    public ShapeException(String problem, String expected, String received, String fix) {
        super(problem + "\n  expects  " + expected + "\n  received " + received + "\n  fix: " + fix);
        this.problem = problem;
        this.expected = expected;
        this.received = received;
        this.fix = fix;
    }

    /** An input that a layer cannot take, thrown from {@link Layer#declare}; the builder adds which layer it was. */
    public static ShapeException input(String expected, Shape received, String fix) {
        return new ShapeException("the input does not fit", expected, received.toString(), fix);
    }

    /**
     * Returns an exception that also names the layer and where its input came from; this exception is its cause.
     *
     * @param where the layer, such as {@code Layer 2 of 3, Affine(10)}
     * @param source the layer that gave the input; it is not repeated if an exception from further inside already names one
     */
    public ShapeException in(String where, String source) {
        boolean told = getCause() instanceof ShapeException;
        String from = told ? received : received + " from " + source;
        ShapeException outer = new ShapeException(where + ": " + problem, expected, from, fix);
        outer.initCause(this);
        return outer;
    }
}
