package io.jacobi.nn.optim;

import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses gradients that are not finite, before anything uses them. */
public final class FiniteGradient {

    private FiniteGradient() {}

    /**
     * Checks that no element is NaN or infinite.
     *
     * @throws NonFiniteUpdateException if one is; it names the first
     */
    public static void require(Scratch scratch, INDArray gradients) {
        Span g = scratch.span(gradients);
        if (!Reductions.isBelow(scratch, gradients, Magnitudes.ordinaryGradient(g.isFloat()), 0, g.length())) {
            requireEach(scratch, g);
        }
    }

    /** Looks at each element, and names the first that is not finite. */
    static void requireEach(Scratch scratch, Span g) {
        int index = Vectors.firstNonFinite(scratch, g);
        if (index >= 0) {
            throw new NonFiniteUpdateException("gradient", index, g.get(index));
        }
    }
}
