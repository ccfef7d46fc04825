package io.jacobi.nn.tabular;

import java.util.ArrayList;
import java.util.List;

/** A uniform sample of the cells of a column, which is all of them up to {@link #SIZE}. */
final class CellSample {

    static final int SIZE = 20_000;

    private final Reservoir reservoir = new Reservoir(SIZE);
    private final List<Object> cells = new ArrayList<>();

    void add(Object cell) {
        int place = reservoir.next();
        if (place == cells.size()) {
            cells.add(cell);
        } else if (place != Reservoir.NONE) {
            cells.set(place, cell);
        }
    }

    List<Object> cells() {
        return cells;
    }
}
