package io.jacobi.nn.io;

import java.io.IOException;

/**
 * A .npy or .npz file that is not what it should be: damaged, hostile, or with elements that do not fit here. The message says what
 * happened, what was expected and how to mend it.
 */
public final class NpyFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How to mend a file that somebody damaged. */
    static final String WRITE_AGAIN = "copy the file again, or write it again with numpy.save";

    NpyFormatException(String problem, String expected, String fix) {
        super(problem + "\n  expected " + expected + "\n  fix: " + fix);
    }

    private NpyFormatException(String message) {
        super(message);
    }

    /** The same, told from outside: {@code where} is the file, or a part of it. */
    NpyFormatException in(Object where) {
        NpyFormatException outer = new NpyFormatException(where + ": " + getMessage());
        outer.initCause(this);
        return outer;
    }

    NpyFormatException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }
}
