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
     * The same, told from outside: {@code where} names the layer, {@code source} who made what was received, unless a layer further
     * inside has said so already.
     */
    ShapeException in(String where, String source) {
        boolean told = getCause() instanceof ShapeException;
        String from = told ? received : received + " from " + source;
        ShapeException outer = new ShapeException(where + ": " + problem, expected, from, fix);
        outer.initCause(this);
        return outer;
    }
}
