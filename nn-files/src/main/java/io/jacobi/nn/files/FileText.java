package io.jacobi.nn.files;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;

/**
 * Text from files as messages and tables show it. A stranger may have written it, so it could contain the commands of a
 * terminal, or lines that look like ours.
 */
public final class FileText {

    /** The longest name that is shown whole. */
    private static final int SHOWN = 80;

    /** The longest part of a message, such as what was expected. */
    private static final int PART = 400;

    /** The longest message. */
    private static final int MESSAGE = 1000;

    /** The shortest problem that a message leaves room for. */
    private static final int PROBLEM = 200;

    private FileText() {}

    /**
     * Returns the text on one line, without control characters: a line feed becomes {@code \n}, and other characters
     * that cannot be seen become {@code \}{@code u001b}. A text of more than 80 characters is cut.
     */
    public static String show(String text) {
        return show(text, SHOWN);
    }

    /** Returns the text as {@link #show(String)} does, cut to at most {@code most} characters. */
    public static String show(String text, int most) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + Long.BYTES);
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int length = shown.length();
            append(shown, c);
            if (shown.length() > most) {
                shown.setLength(length);
                return shown + "... (" + text.length() + " characters)";
            }
            at += Character.charCount(c);
        }
        return shown.toString();
    }

    /** Returns names as {@code [a, b, c]}, each {@linkplain #show(String) shown}; a long list is cut. */
    public static String list(Collection<String> names) {
        StringBuilder shown = new StringBuilder("[");
        Iterator<String> next = names.iterator();
        for (int i = 0; next.hasNext(); i++) {
            if (shown.length() > PART - SHOWN) {
                return shown + ", ... (" + (names.size() - i) + " more)]";
            }
            shown.append(i == 0 ? "" : ", ").append(show(next.next()));
        }
        return shown.append("]").toString();
    }

    /**
     * Returns what happened, so that the message has at most about 1,000 characters. A long text loses its middle.
     *
     * @param rest the lines after it: what was expected, and how to fix it
     */
    public static String problem(String problem, String rest) {
        return lines(problem, Math.max(PROBLEM, MESSAGE - rest.length()));
    }

    /** Returns a part of a message, such as what was expected; a long one loses its middle. */
    public static String part(String text) {
        return lines(text, PART);
    }

    /**
     * Keeps line feeds, because messages of exceptions have several lines, and escapes all other control characters.
     */
    private static String lines(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                shown.append('\n');
            } else {
                append(shown, c);
            }
        });
        if (shown.length() <= most) {
            return shown.toString();
        }
        String cut = " ... (" + shown.length() + " characters) ... ";
        int end = (most - cut.length()) / 3;
        return shown.substring(0, most - cut.length() - end) + cut + shown.substring(shown.length() - end);
    }

    private static void append(StringBuilder shown, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> appendEscaped(shown, c);
            default -> shown.appendCodePoint(c);
        }
    }

    private static void appendEscaped(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                for (char half : Character.toChars(c)) {
                    shown.append("\\u").append(HexFormat.of().toHexDigits(half));
                }
            }
        }
    }
}
