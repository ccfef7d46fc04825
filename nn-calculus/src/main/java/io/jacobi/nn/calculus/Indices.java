package io.jacobi.nn.calculus;

import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Strings of indices, one letter for each index, as in the notation of a contraction. Order and repetitions are kept
 * unless a method says otherwise.
 */
final class Indices {

    /** The letters for new indices, in order of preference. */
    private static final String POOL = "ijklmnopqrstuvwxyzabcdefghIJKLMNOPQRSTUVWXYZABCDEFGHαβγεζηθικλμνξοπρστυφχψω";

    private Indices() {}

    /** Whether {@code c} may name an index: any letter but δ, which names a delta. */
    static boolean isIndex(char c) {
        return Character.isLetter(c) && c != ContractionSpec.DELTA;
    }

    static boolean has(String indices, char index) {
        return indices.indexOf(index) >= 0;
    }

    /** Each index once, at its first occurrence. */
    static String distinct(String indices) {
        return join(indices.chars().distinct());
    }

    /** The indices of {@code a} that {@code b} also has. */
    static String common(String a, String b) {
        return filter(a, c -> b.indexOf(c) >= 0);
    }

    /** The indices of {@code a} that {@code b} does not have. */
    static String without(String a, String b) {
        return filter(a, c -> b.indexOf(c) < 0);
    }

    /** Replaces every index by the result of {@code to}. */
    static String map(String indices, UnaryOperator<Character> to) {
        StringBuilder mapped = new StringBuilder();
        indices.chars().forEach(c -> mapped.append(to.apply((char) c)));
        return mapped.toString();
    }

    /** Returns {@code indices} with {@code a} and {@code b} exchanged. */
    static String exchange(String indices, char a, char b) {
        return map(indices, c -> c == a ? b : c == b ? a : c);
    }

    /** The first letter that is not in {@code used}. */
    static char fresh(String used) {
        String left = without(POOL, used);
        if (left.isEmpty()) {
            throw new IllegalArgumentException("No letter is left for another index: all " + POOL.length()
                    + " are in use\n  expected a contraction with fewer indices");
        }
        return left.charAt(0);
    }

    /** Whether a letter before the Greek ones of the pool is not in {@code used}. */
    static boolean hasLatinLeft(String used) {
        String left = without(POOL, used);
        return !left.isEmpty() && left.charAt(0) < 'α';
    }

    static String filter(String indices, IntPredicate which) {
        return join(indices.chars().filter(which));
    }

    /** Joins characters into a string. */
    static String join(IntStream characters) {
        return characters
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
