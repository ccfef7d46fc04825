package io.jacobi.nn.examples;

import io.jacobi.nn.files.FileProblem;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Optional;
import picocli.CommandLine;

/** Why a command failed, in the command line's words: one message, and a stack trace only if it was asked for. */
final class Failure {

    private static final long MEGABYTE = 1 << 20;

    private Failure() {}

    /** Prints the message, and returns the exit code. */
    static int report(Throwable error, PrintWriter err, boolean stacktrace) {
        err.println("jacobi: " + describe(error));
        if (stacktrace) {
            error.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Returns the message. */
    static String describe(Throwable error) {
        // native code and static initializers wrap what happened
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError full) {
                return outOfMemory(full);
            }
        }
        if (error instanceof StackOverflowError) {
            return "the stack is full: something is nested too deeply"
                    + "\n  fix: nest less, or give more with java -Xss16m -jar ...";
        } else if (error instanceof FileSystemException file && file.getReason() == null) {
            // its message is a name alone
            return file.getFile() + ": " + FileProblem.describe(file);
        } else if (error instanceof ExceptionInInitializerError && error.getCause() != null) {
            return describe(error.getCause());
        }
        return Optional.ofNullable(error.getMessage()).orElseGet(() -> error + " (--stacktrace shows where)");
    }

    private static String outOfMemory(OutOfMemoryError full) {
        String said = Optional.ofNullable(full.getMessage()).orElse("no details");
        // what Java itself says: "Java heap space", "GC overhead limit exceeded", "Requested array size exceeds VM
        // limit"
        boolean heap = !said.contains("ytes");
        long most = Runtime.getRuntime().maxMemory() / MEGABYTE;
        return "out of memory: " + said + "\n  the heap has at most " + most + " MB"
                + (heap ? "" : "; ND4J allows as much outside the heap, and four times as much in all")
                + "\n  fix: give more with java -Xmx4g -jar ..., or choose fewer units or a smaller batch";
    }
}
