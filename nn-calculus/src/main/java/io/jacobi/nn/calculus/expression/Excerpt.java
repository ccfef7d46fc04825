package io.jacobi.nn.calculus.expression;

import java.util.Collection;
import java.util.stream.Collectors;

/** Shortens what messages quote, because a formula may be as long as a program writes it. */
public final class Excerpt {

    /** The longest quoted text, in characters. */
    private static final int LONGEST = 200;

    /** The largest number of quoted names. */
    private static final int NAMES = 20;

    private static final String CUT = "...";

    private Excerpt() {}

    /** The text, or the beginning of a long one. */
    public static String of(Object text) {
        return of(text, LONGEST);
    }

    /** The text, or as many characters of its beginning. */
    public static String of(Object text, int longest) {
        String all = String.valueOf(text);
        return all.length() <= longest ? all : all.substring(0, longest - CUT.length()) + CUT;
    }

    /** The names as a list prints them, or the first ones of many. */
    public static String names(Collection<?> names) {
        String shown = names.stream().limit(NAMES).map(name -> of(name, 30)).collect(Collectors.joining(", ", "[", ""));
        return names.size() <= NAMES ? shown + "]" : shown + ", and " + (names.size() - NAMES) + " more]";
    }

    /** Two lines: the text, or the part of a long one around a position, and below it a caret at the position. */
    public static String pointing(String text, int at) {
        int from = text.length() <= LONGEST ? 0 : Math.max(0, Math.min(at - LONGEST / 2, text.length() - LONGEST));
        int to = Math.min(text.length(), from + LONGEST);
        String before = from == 0 ? "" : CUT;
        String shown =
                before + text.substring(from, to).replaceAll("\\p{Cntrl}", " ") + (to == text.length() ? "" : CUT);
        return shown + "\n" + " ".repeat(before.length() + at - from) + "^";
    }
}
