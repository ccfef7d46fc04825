package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Generates new indices. */
final class Fresh {

    private final Set<Index> taken = new HashSet<>();
    private final Iterator<Index> all = Index.all().iterator();

    Index next() {
        Index index = all.next();
        while (!taken.add(index)) {
            index = all.next();
        }
        return index;
    }

    /** Excludes an index from the generated ones. */
    void reserve(Index index) {
        taken.add(index);
    }
}
