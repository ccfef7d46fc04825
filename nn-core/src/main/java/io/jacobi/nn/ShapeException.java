package io.jacobi.nn;

import java.util.function.Supplier;

/**
 * Shapes that do not fit. The message has four parts: what happened, what was expected, what was received, and how to
 * fix it.
 *
 * <pre>
 * Layer 2 of 3, Lstm(10): the input does not fit
 *   expects  rank 2 per example, [time, features]
 *   received [28] from layer 1, Relu
 *   fix: give each example as a sequence of vectors; one number at each time step is [time, 1]
 * </pre>
 */
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String expected;
    private final String received;
    private final String fix;
    private final boolean ofInput;

    public ShapeException(String problem, String expected, String received, String fix) {
        this(problem, expected, received, fix, false);
    }

    private ShapeException(String problem, String expected, String received, String fix, boolean ofInput) {
        super(problem + "\n  expects  " + expected + "\n  received " + received + "\n  fix: " + fix);
        this.problem = problem;
        this.expected = expected;
        this.received = received;
        this.fix = fix;
        this.ofInput = ofInput;
    }

    /**
     * Returns the exception for an input that a layer cannot take. {@link Layer#declare} throws it, and the builder
     * adds which layer.
     */
    public static ShapeException input(String expected, Shape received, String fix) {
        return new ShapeException("the input does not fit", expected, received.toString(), fix, true);
    }

    /**
     * Returns an exception that also names the layer and, if it is about the layer's {@linkplain #input input}, the
     * source of that input; this exception is its cause.
     *
     * @param where the layer, such as {@code Layer 2 of 3, Affine(10)}
     * @param source the layer before it, such as {@code layer 1, Relu}; it is asked for only if the message needs it
     */
    public ShapeException in(String where, Supplier<String> source) {
        String from = ofInput ? received + " from " + source.get() : received;
        ShapeException outer = new ShapeException(where + ": " + problem, expected, from, fix);
        outer.initCause(this);
        return outer;
    }
}
