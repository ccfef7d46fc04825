package io.jacobi.nn.examples;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelled name was probably meant to be. */
final class Nearest {

    /** Two letters are wrong, missing or exchanged: more is another word. */
    private static final int MOST_TYPOS = 2;

    private Nearest() {}

    /** Returns the candidate with the fewest typos, if there are few; letters may be large or small. */
    static Optional<String> to(String word, Collection<String> candidates) {
        String small = word.toLowerCase(Locale.ROOT).strip();
        return candidates.stream()
                .filter(candidate -> typos(small, candidate.toLowerCase(Locale.ROOT))
                        <= Math.min(MOST_TYPOS, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> typos(small, candidate.toLowerCase(Locale.ROOT))));
    }

    /** The number of letters to insert, delete or replace (Levenshtein 1966). */
    static int typos(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
