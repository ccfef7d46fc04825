package io.jacobi.nn.calculus;

import java.util.function.IntPredicate;

/**
 * Strings of indices, one letter each: what the operands of a contraction are written as. Order and repetitions are kept unless a
 * method says otherwise.
 */
final class Indices {

    /** The letters that new indices take, in the order in which people take them. */
    private static final String POOL = "ijklmnopqrstuvwxyzabcdefghIJKLMNOPQRSTUVWXYZABCDEFGHαβγεζηθικλμνξοπρστυφχψω";

    private Indices() {}

    /** Whether {@code c} may name an index: any letter but δ, which names a delta. */
    static boolean isIndex(char c) {
        return Character.isLetter(c) && c != ContractionSpec.DELTA;
    }

    static boolean has(String indices, char index) {
        return indices.indexOf(index) >= 0;
    }

    /** Each index once, where it comes first. */
    static String distinct(String indices) {
        StringBuilder seen = new StringBuilder();
        for (char c : indices.toCharArray()) {
            if (seen.indexOf(String.valueOf(c)) < 0) {
                seen.append(c);
            }
        }
        return seen.toString();
    }

    /** Those of {@code a} that {@code b} has too. */
    static String common(String a, String b) {
        return filter(a, c -> b.indexOf(c) >= 0);
    }

    /** Those of {@code a} that {@code b} has not. */
    static String without(String a, String b) {
        return filter(a, c -> b.indexOf(c) < 0);
    }

    /** All of {@code indices} with {@code from} written as {@code to}. */
    static String rename(String indices, char from, char to) {
        return indices.replace(from, to);
    }

    /** All of {@code indices} with {@code a} and {@code b} exchanged. */
    static String exchange(String indices, char a, char b) {
        StringBuilder exchanged = new StringBuilder(indices);
        for (int i = 0; i < indices.length(); i++) {
            char c = indices.charAt(i);
            exchanged.setCharAt(i, c == a ? b : c == b ? a : c);
        }
        return exchanged.toString();
    }

    /** The first letter that {@code used} has not. */
    static char fresh(String used) {
        String left = without(POOL, used);
        if (left.isEmpty()) {
            throw new IllegalArgumentException("No letter is left for one more index: all " + POOL.length()
                    + " are in use\n  expected a contraction of fewer indices");
        }
        return left.charAt(0);
    }

    static String filter(String indices, IntPredicate which) {
        return indices.chars()
                .filter(which)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
