package io.jacobi.nn.examples;

import java.io.Console;
import java.nio.charset.Charset;

/** The terminal that this process writes to, if it writes to one. */
final class Terminal {

    private Terminal() {}

    /** Whether this process writes to a terminal, and not to a file or a pipe. */
    @SuppressWarnings("SystemConsoleNull") // null means "no terminal" before JDK 22; JDK 22 added isTerminal()
    static boolean isAttached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }

    /** The encoding of the terminal. */
    static Charset charset() {
        return Charset.forName(System.getProperty(
                "stdout.encoding",
                System.getProperty(
                        "sun.stdout.encoding", Charset.defaultCharset().name())));
    }
}
