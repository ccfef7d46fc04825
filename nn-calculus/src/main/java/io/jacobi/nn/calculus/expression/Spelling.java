package io.jacobi.nn.calculus.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Spells indices with one letter each, as an Einsum is written: i to z and a to h first, then other letters. The same
 * index always gets the same letter.
 */
public final class Spelling {

    private static final String FIRST = "ijklmnopqrstuvwxyzabcdefghABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** The first of more than 20,000 letters in a row, for contractions with more indices than the alphabet. */
    private static final char MORE = '\u4e00';

    private final Map<Index, Character> letters = new HashMap<>();

    /** The letters of these indices. */
    public String of(List<Index> indices) {
        return indices.stream()
                .map(index -> letters.computeIfAbsent(index, any -> letter(letters.size()))
                        .toString())
                .collect(Collectors.joining());
    }

    private static char letter(int number) {
        return number < FIRST.length() ? FIRST.charAt(number) : (char) (MORE + number - FIRST.length());
    }
}
