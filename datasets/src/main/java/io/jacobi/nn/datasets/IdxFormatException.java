package io.jacobi.nn.datasets;

import java.io.IOException;

/** A file that is not IDX, or a damaged one. Nothing of it was used. */
public final class IdxFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    IdxFormatException(String source, String problem, String expected) {
        super(source + ": " + problem + "\n  expected " + expected
                + "\n  fix: fetch the file again, or check that it is the right one");
    }

    IdxFormatException(String source, String problem, String expected, Throwable cause) {
        this(source, problem, expected);
        initCause(cause);
    }
}
