package io.jacobi.nn.files.npy;

import io.jacobi.nn.files.FileText;
import java.io.IOException;

/**
 * Thrown if a .npy or .npz file is damaged, malicious, or has elements that Jacobi does not read. The message says what
 * is wrong, what was expected and how to fix it.
 */
public final class NpyFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to replace a damaged file. */
    public static final String WRITE_AGAIN = "copy the file again, or write it again with numpy";

    public NpyFormatException(String problem, String expected, String fix) {
        this(problem, "\n  expected " + FileText.part(expected) + "\n  fix: " + FileText.part(fix));
    }

    private NpyFormatException(String problem, String rest) {
        super(FileText.problem(problem, rest) + rest);
    }

    /**
     * Returns an exception whose message begins with the file, or the part of it, where this happened; this exception
     * is its cause.
     */
    public NpyFormatException in(Object where) {
        NpyFormatException outer = new NpyFormatException(where + ": " + getMessage(), "");
        outer.initCause(this);
        return outer;
    }

    /** Sets the cause, and returns this exception. */
    public NpyFormatException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }
}
