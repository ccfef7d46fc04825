package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Ones;

/** I and ones whose length is not known yet. */
final class Unsized {

    static final Dimension UNKNOWN = new Dimension("?", 0);

    private Unsized() {}

    static Expression identity(Index row, Index column) {
        return new Delta(row, column, UNKNOWN);
    }

    static Expression ones(Index index) {
        return new Ones(index, UNKNOWN);
    }
}
