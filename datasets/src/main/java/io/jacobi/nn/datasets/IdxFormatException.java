package io.jacobi.nn.datasets;

import io.jacobi.nn.files.FileText;
import java.io.IOException;

/** Thrown if a file is not in the IDX format, or is damaged. None of its content was used. */
public final class IdxFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    IdxFormatException(String source, String problem, String expected) {
        this(source, problem, expected, "download the file again, or check that it is the right one");
    }

    IdxFormatException(String source, String problem, String expected, String fix) {
        super(source + ": " + FileText.part(problem) + "\n  expected " + expected + "\n  fix: " + fix);
    }

    static IdxFormatException tooLarge(String source, long bytes, long most) {
        return new IdxFormatException(
                source,
                "its elements would take " + bytes
                        + " bytes of memory, which is suspiciously more than the packed file",
                "at most " + most + " bytes",
                "if you trust the file and have the memory, unpack it with gunzip");
    }

    IdxFormatException(String source, String problem, String expected, Throwable cause) {
        this(source, problem, expected);
        initCause(cause);
    }
}
