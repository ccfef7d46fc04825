package io.jacobi.nn.files;

import java.io.IOException;
import java.io.Serializable;

/**
 * Thrown if a file is damaged, malicious, or does not fit the model. The message says what is wrong, what was expected
 * and how to fix it, in at most about 1,000 characters. Nothing was loaded, and no existing object has changed.
 */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to replace a damaged file. */
    public static final String WRITE_AGAIN = "copy or write the file again";

    private final Parts parts;

    public ModelFormatException(String problem, String expected, String fix) {
        this(new Parts(problem, "\n  expected " + FileText.part(expected), fix));
    }

    public ModelFormatException(String problem, String expected, String received, String fix) {
        this(new Parts(
                problem, "\n  expects  " + FileText.part(expected) + "\n  received " + FileText.part(received), fix));
    }

    public ModelFormatException(String problem, String expected, String fix, Throwable cause) {
        this(problem, expected, fix);
        initCause(cause);
    }

    private ModelFormatException(Parts parts) {
        super(parts.problem + parts.rest());
        this.parts = parts;
    }

    /** A message: what happened, the lines about what was expected and received, and how to fix it. */
    private record Parts(String problem, String between, String fix) implements Serializable {

        private Parts {
            fix = FileText.part(fix);
            problem = FileText.problem(problem, rest(between, fix));
        }

        private String rest() {
            return rest(between, fix);
        }

        private static String rest(String between, String fix) {
            return between + "\n  fix: " + fix;
        }
    }

    /**
     * Returns an exception whose message begins with the file, or the part of it, where this happened; this exception
     * is its cause.
     */
    public ModelFormatException in(Object where) {
        return causedByThis(new Parts(where + ": " + parts.problem, parts.between, parts.fix));
    }

    /** Returns an exception with another fix; this exception is its cause. */
    public ModelFormatException withFix(String other) {
        return causedByThis(new Parts(parts.problem, parts.between, other));
    }

    private ModelFormatException causedByThis(Parts outer) {
        ModelFormatException exception = new ModelFormatException(outer);
        exception.initCause(this);
        return exception;
    }
}
