package io.jacobi.nn.files;

import java.io.IOException;

/**
 * Thrown if a file is damaged, malicious, or does not fit the model. The message says what is wrong, what was expected and how to fix
 * it. Nothing was loaded, and no existing object has changed.
 */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to replace a damaged file. */
    public static final String WRITE_AGAIN = "copy or write the file again";

    /** The longest text of a file that is shown whole. */
    private static final int SHOWN = 80;

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

    /** Returns an exception whose message begins with the file, or the part of it, where this happened; this exception is its cause. */
    public ModelFormatException in(Object where) {
        ModelFormatException outer = new ModelFormatException(where + ": " + problem, rest);
        outer.initCause(this);
        return outer;
    }

    /** Returns a text of an untrusted file, or its beginning if it is too long for a message. */
    public static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }
}
