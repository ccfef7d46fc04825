package io.jacobi.nn.examples;

import io.jacobi.nn.files.FileProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * The standard output, which remembers why it failed. A {@link PrintWriter} forgets that, so that a command whose output
 * goes to a full disk would seem to succeed.
 */
final class StandardOutput extends Writer {

    private final Writer out;
    private @Nullable IOException failure;

    StandardOutput(OutputStream out, Charset charset) {
        this.out = new OutputStreamWriter(out, charset);
    }

    /** The output of this process: UTF-8, unless a terminal has another encoding. */
    static StandardOutput ofProcess() {
        return new StandardOutput(
                new FileOutputStream(FileDescriptor.out),
                Terminal.isAttached() ? Terminal.charset() : StandardCharsets.UTF_8);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        try {
            out.write(text, from, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException e) {
        failure = failure == null ? e : failure;
        return e;
    }

    /** Leaves the output open. */
    @Override
    public void close() throws IOException {
        flush();
    }

    /**
     * Returns the exit code of a command that has ended with {@code exit}: 1, with a message, if its output is not
     * complete. A reader that has read enough, as {@code head} has, is no failure.
     */
    int exitCode(int exit, PrintWriter err) {
        try {
            flush();
        } catch (IOException failed) {
            failure = failure == null ? failed : failure;
        }
        if (failure == null || isClosedPipe(failure)) {
            return exit;
        }
        err.println("jacobi: the output is not complete: " + FileProblem.describe(failure));
        err.flush();
        return ExitCode.SOFTWARE;
    }

    private static boolean isClosedPipe(IOException failure) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("broken pipe")
                || said.contains("pipe is being closed")
                || said.contains("pipe has been ended");
    }
}
