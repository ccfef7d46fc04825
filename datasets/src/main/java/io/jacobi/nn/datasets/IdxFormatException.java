package io.jacobi.nn.datasets;

import java.io.IOException;

/** Thrown if a file is not in the IDX format, or is damaged. None of its content was used. */
public final class IdxFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    IdxFormatException(String source, String problem, String expected) {
        super(source + ": " + problem + "\n  expected " + expected
                + "\n  fix: download the file again, or check that it is the right one");
    }

    IdxFormatException(String source, String problem, String expected, Throwable cause) {
        this(source, problem, expected);
        initCause(cause);
    }
}
