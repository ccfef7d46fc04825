package io.jacobi.nn.tabular;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each text is in a column, and in which row first, for at most {@link #MAX} different ones. */
final class ValueCounts {

    /** The most different texts of a column that are counted. */
    static final int MAX = 200_000;

    private final Map<String, Count> counts = new HashMap<>();
    private boolean full;
    private int size;

    static final class Count {
        private final long first;
        private long rows;
        private long training;

        private Count(long first) {
            this.first = first;
        }

        /** The first row with this text. */
        long first() {
            return first;
        }

        /** The number of rows with this text. */
        long rows() {
            return rows;
        }

        /** The number of training rows with this text. */
        long training() {
            return training;
        }
    }

    void add(long index, String text, boolean training) {
        if (full) {
            return;
        }
        Count count = counts.get(text);
        if (count == null) {
            if (counts.size() == MAX) {
                stop();
                return;
            }
            count = new Count(index);
            counts.put(text, count);
        }
        count.rows++;
        count.training += training ? 1 : 0;
    }

    /** Stops counting, and forgets the texts but not how many there were. */
    void stop() {
        size = counts.size();
        counts.clear();
        full = true;
    }

    /** The number of training rows with a text; 0 if it was not counted. */
    long training(String text) {
        Count count = counts.get(text);
        return count == null ? 0 : count.training;
    }

    /** The number of different texts, or how many there were when counting stopped. */
    int size() {
        return full ? size : counts.size();
    }

    /** Whether there are more different texts than were counted. */
    boolean isFull() {
        return full;
    }

    /** The counts by text; none if counting has stopped. */
    Map<String, Count> counts() {
        return counts;
    }

    /** The texts, numbers by their size and before words, words by the alphabet. */
    List<String> sorted() {
        return counts.keySet().stream().sorted(NATURAL).toList();
    }

    static final Comparator<String> NATURAL =
            Comparator.comparingDouble(ValueCounts::number).thenComparing(Comparator.naturalOrder());

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
