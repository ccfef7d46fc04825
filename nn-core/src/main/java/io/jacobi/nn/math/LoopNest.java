package io.jacobi.nn.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The loops of {@link Strides}, rearranged. Neighbouring loops that every array walks in one stride become one loop.
 * The innermost loop is the one that most arrays walk element by element. It is cut into runs of {@value #RUN}, and all
 * other loops turn inside each run, so that a transpose finds the rows of a run in the cache when it comes to the next
 * column.
 */
final class LoopNest {

    private static final int RUN = 512;

    /** From this number of turns on, a loop is long enough to be the innermost. */
    private static final int LONG = 64;

    /** The work of one run; {@code at} holds the index of its first element in each array. */
    @FunctionalInterface
    interface Body {
        void run(int[] at, int count);
    }

    /** A loop and its stride in each array. */
    private static final class Loop {
        private final int size;
        private final int[] strides;

        Loop(int size, int[] strides) {
            this.size = size;
            this.strides = strides;
        }

        /** Whether this loop and the loop inside it are one loop in every array. */
        boolean joins(Loop inner) {
            for (int i = 0; i < strides.length; i++) {
                if (strides[i] != inner.strides[i] * inner.size) {
                    return false;
                }
            }
            return true;
        }

        /** How well the loop serves as the innermost loop. */
        long merit() {
            long easy = Arrays.stream(strides).filter(stride -> stride <= 1).count();
            // the target counts twice, because scattered writes cost most
            return Math.min(size, LONG) * (1 + 2 * easy + (strides[0] == 1 ? 1 : 0));
        }
    }

    private final List<Loop> outer;
    private final Loop inner;
    private final int arrays;

    private LoopNest(List<Loop> outer, Loop inner, int arrays) {
        this.outer = outer;
        this.inner = inner;
        this.arrays = arrays;
    }

    /**
     * Loops of the given sizes over the given arrays, the target first.
     *
     * @throws IndexOutOfBoundsException if a loop would leave an array
     */
    static LoopNest of(int[] sizes, Span[] spans, int[][] strides) {
        List<Loop> loops = new ArrayList<>();
        for (int d = 0; d < sizes.length; d++) {
            int loop = d;
            // a loop of one turn does not move
            if (sizes[d] != 1) {
                loops.add(new Loop(
                        sizes[d],
                        Arrays.stream(strides).mapToInt(all -> all[loop]).toArray()));
            }
        }
        if (loops.stream().noneMatch(loop -> loop.size == 0)) {
            requireInside(loops, spans);
        }
        List<Loop> joined = join(loops, spans.length);
        Loop inner = joined.stream().max(Comparator.comparingLong(Loop::merit)).orElseThrow();
        joined.remove(inner);
        return new LoopNest(joined, inner, spans.length);
    }

    private static void requireInside(List<Loop> loops, Span[] spans) {
        for (int i = 0; i < spans.length; i++) {
            long last = 0;
            boolean backwards = false;
            for (Loop loop : loops) {
                last += (loop.size - 1L) * loop.strides[i];
                backwards |= loop.size < 0 || loop.strides[i] < 0;
            }
            if (backwards || last >= spans[i].length()) {
                throw new IndexOutOfBoundsException("Loops "
                        + loops.stream().map(loop -> loop.size).toList() + " would read element " + last
                        + " of an array of " + spans[i].length()
                        + "\n  expected sizes and strides of at least 0 that stay inside");
            }
        }
    }

    /** Joins loops where possible. Returns at least one loop, with one turn if there are no loops. */
    private static List<Loop> join(List<Loop> loops, int arrays) {
        List<Loop> sorted = new ArrayList<>(loops);
        Comparator<Loop> byTarget = Comparator.comparingInt(loop -> loop.strides[0]);
        sorted.sort(byTarget.thenComparingInt(loop -> loop.strides[1]).reversed());
        List<Loop> joined = new ArrayList<>();
        for (Loop loop : sorted) {
            Loop last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.joins(loop)) {
                joined.set(joined.size() - 1, new Loop(last.size * loop.size, loop.strides));
            } else {
                joined.add(loop);
            }
        }
        if (joined.isEmpty()) {
            joined.add(new Loop(1, new int[arrays]));
        }
        return joined;
    }

    /** The stride of the innermost loop in array {@code i}, where array 0 is the target. */
    int step(int i) {
        return inner.strides[i];
    }

    /** Runs all loops, one run of the innermost loop at a time. */
    void run(Body body) {
        if (outer.stream().anyMatch(loop -> loop.size == 0)) {
            return;
        }
        int[] at = new int[arrays];
        int[] turns = new int[outer.size()];
        for (int start = 0; start < inner.size; start += RUN) {
            int count = Math.min(RUN, inner.size - start);
            for (int i = 0; i < arrays; i++) {
                at[i] = start * inner.strides[i];
            }
            do {
                body.run(at, count);
            } while (advance(at, turns));
        }
    }

    /**
     * Moves to the next turn of the outer loops, the last loop fastest. After the last turn, moves to the start and
     * returns false.
     */
    private boolean advance(int[] at, int[] turns) {
        for (int d = turns.length - 1; d >= 0; d--) {
            Loop loop = outer.get(d);
            boolean done = ++turns[d] == loop.size;
            int step = done ? 1 - loop.size : 1;
            for (int i = 0; i < at.length; i++) {
                at[i] += step * loop.strides[i];
            }
            if (!done) {
                return true;
            }
            turns[d] = 0;
        }
        return false;
    }
}
