package io.jacobi.nn.files.npy;

import java.io.IOException;

/**
 * Thrown if a .npy or .npz file is damaged, malicious, or has elements that Jacobi does not read. The message says what is wrong, what was
 * expected and how to fix it.
 */
public final class NpyFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to replace a damaged file. */
    public static final String WRITE_AGAIN = "copy the file again, or write it again with numpy";

    public NpyFormatException(String problem, String expected, String fix) {
        super(problem + "\n  expected " + expected + "\n  fix: " + fix);
    }

    private NpyFormatException(String message) {
        super(message);
    }

    /** Returns an exception whose message begins with the file, or the part of it, where this happened; this exception is its cause. */
    public NpyFormatException in(Object where) {
        NpyFormatException outer = new NpyFormatException(where + ": " + getMessage());
        outer.initCause(this);
        return outer;
    }

    /** Sets the cause, and returns this exception. */
    public NpyFormatException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }
}
