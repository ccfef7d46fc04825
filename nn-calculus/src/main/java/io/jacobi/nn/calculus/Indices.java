package io.jacobi.nn.calculus;

import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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
        return join(indices.chars().distinct());
    }

    /** Those of {@code a} that {@code b} has too. */
    static String common(String a, String b) {
        return filter(a, c -> b.indexOf(c) >= 0);
    }

    /** Those of {@code a} that {@code b} has not. */
    static String without(String a, String b) {
        return filter(a, c -> b.indexOf(c) < 0);
    }

    /** Every index replaced by what it maps to. */
    static String map(String indices, UnaryOperator<Character> to) {
        StringBuilder mapped = new StringBuilder();
        indices.chars().forEach(c -> mapped.append(to.apply((char) c)));
        return mapped.toString();
    }

    /** All of {@code indices} with {@code a} and {@code b} exchanged. */
    static String exchange(String indices, char a, char b) {
        return map(indices, c -> c == a ? b : c == b ? a : c);
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
        return join(indices.chars().filter(which));
    }

    /** These characters one after the other. */
    static String join(IntStream characters) {
        return characters
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
