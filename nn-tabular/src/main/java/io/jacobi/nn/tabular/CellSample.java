package io.jacobi.nn.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A uniform sample of the cells of a column (Vitter 1985, algorithm R), which is all of them up to {@link #SIZE}. */
final class CellSample {

    static final int SIZE = 20_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Object> cells = new ArrayList<>();
    private long count;

    void add(Object cell) {
        count++;
        if (count <= SIZE) {
            cells.add(cell);
            return;
        }
        long place = random.nextLong(count);
        if (place < SIZE) {
            cells.set((int) place, cell);
        }
    }

    List<Object> cells() {
        return cells;
    }
}
