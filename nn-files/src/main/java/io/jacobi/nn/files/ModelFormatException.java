package io.jacobi.nn.files;

import java.io.IOException;

/**
 * A file that is not what it should be: damaged, hostile, or of another model. The message says what happened, what was expected and
 * how to fix it; nothing was loaded, and what was there before has not changed.
 */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to replace a damaged file. */
    public static final String WRITE_AGAIN = "copy or write the file again";

    private final String problem;
    private final String rest;

    public ModelFormatException(String problem, String expected, String fix) {
        this(problem, "\n  expected " + expected + "\n  fix: " + fix);
    }

    public ModelFormatException(String problem, String expected, String received, String fix) {
        this(problem, "\n  expects  " + expected + "\n  received " + received + "\n  fix: " + fix);
    }

    private ModelFormatException(String problem, String rest) {
        super(problem + rest);
        this.problem = problem;
        this.rest = rest;
    }

    public ModelFormatException(String problem, String expected, String fix, Throwable cause) {
        this(problem, expected, fix);
        initCause(cause);
    }

    /** Returns an exception that also names the file, or the part of it, where this happened; this exception is its cause. */
    public ModelFormatException in(Object where) {
        ModelFormatException outer = new ModelFormatException(where + ": " + problem, rest);
        outer.initCause(this);
        return outer;
    }
}
