package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import java.util.HashSet;
import java.util.Set;

/** Generates new indices. */
final class Fresh {

    private final Set<Index> taken = new HashSet<>();

    Index next() {
        Index index = Index.unlike(taken);
        taken.add(index);
        return index;
    }

    /** Excludes an index from the generated ones. */
    void reserve(Index index) {
        taken.add(index);
    }
}
