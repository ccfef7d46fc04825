package io.jacobi.nn.files;

import java.io.IOException;

/**
 * Thrown if a file is damaged, malicious, or does not fit the model. The message says what is wrong, what was expected
 * and how to fix it, in at most about 1,000 characters. Nothing was loaded, and no existing object has changed.
 */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to replace a damaged file. */
    public static final String WRITE_AGAIN = "copy or write the file again";

    private final String problem;
    private final String rest;

    public ModelFormatException(String problem, String expected, String fix) {
        this(problem, "\n  expected " + FileText.part(expected) + "\n  fix: " + FileText.part(fix));
    }

    public ModelFormatException(String problem, String expected, String received, String fix) {
        this(
                problem,
                "\n  expects  " + FileText.part(expected) + "\n  received " + FileText.part(received) + "\n  fix: "
                        + FileText.part(fix));
    }

    private ModelFormatException(String problem, String rest) {
        super(FileText.message(problem, rest));
        this.problem = getMessage().substring(0, getMessage().length() - rest.length());
        this.rest = rest;
    }

    public ModelFormatException(String problem, String expected, String fix, Throwable cause) {
        this(problem, expected, fix);
        initCause(cause);
    }

    /**
     * Returns an exception whose message begins with the file, or the part of it, where this happened; this exception
     * is its cause.
     */
    public ModelFormatException in(Object where) {
        ModelFormatException outer = new ModelFormatException(where + ": " + problem, rest);
        outer.initCause(this);
        return outer;
    }
}
