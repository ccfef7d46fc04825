package io.jacobi.nn.optim;

import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step in which something may overflow: with weights and moments in double, and computed twice. The first time it
 * stores nothing and looks at each result, so that a step that would make something infinite is not taken at all.
 */
final class CarefulStep {

    // slots of the scratch; the moments follow
    private static final int W = 0;
    private static final int G = 1;
    private static final int MOMENTS = 2;

    private final Scratch scratch;
    private final TileUpdate update;
    private final Moments moments;
    private final Span w;
    private final Span g;
    private final Span[] m;
    private final double[][] tiles;
    private double largestMoment;

    /** A step by {@code update}, in which moments have been made wide if the weights are floats. */
    CarefulStep(Scratch scratch, TileUpdate update, Moments moments, INDArray weights, INDArray gradients) {
        this.scratch = scratch;
        this.update = update;
        this.moments = moments;
        this.w = scratch.span(weights);
        this.g = scratch.span(gradients);
        this.m = moments.current().stream().map(scratch::span).toArray(Span[]::new);
        this.tiles = new double[m.length][];
    }

    /**
     * Changes weights and moments, unless one of them would become NaN or infinite.
     *
     * @return the largest magnitude of a moment after the step
     * @throws NonFiniteUpdateException if one would; nothing has changed then
     */
    double run(List<WeightRange> ranges, double keep) {
        FiniteGradient.requireEach(scratch, g);
        run(ranges, keep, false);
        run(ranges, keep, true);
        return largestMoment;
    }

    private void run(List<WeightRange> ranges, double keep, boolean store) {
        for (WeightRange range : ranges) {
            for (int i = range.from(); i < range.to(); i += Scratch.TILE) {
                tile(range.decays() ? keep : 1, i, Math.min(Scratch.TILE, range.to() - i), store);
            }
        }
    }

    private void tile(double keep, int at, int n, boolean store) {
        for (int k = 0; k < m.length; k++) {
            tiles[k] = scratch.load(MOMENTS + k, m[k], at, n);
        }
        double[] values = scratch.load(W, w, at, n);
        for (int i = 0; i < n; i++) {
            values[i] *= keep;
        }
        update.apply(values, scratch.load(G, g, at, n), tiles, n);
        for (int k = 0; k < m.length; k++) {
            if (!(update instanceof FloatTileUpdate)) {
                Denormals.flush(tiles[k], n, false);
            }
            if (store) {
                scratch.store(MOMENTS + k, m[k], at, n);
                largestMoment = Math.max(largestMoment, Reductions.largest(tiles[k], n));
            } else {
                requireFinite("new \"" + moments.name(k) + "\"", tiles[k], false, at, n);
            }
        }
        if (store) {
            scratch.store(W, w, at, n);
        } else {
            requireFinite("new value", values, w.isFloat(), at, n);
        }
    }

    /** Checks the numbers as they would be stored: a double may be infinite as a float. */
    private static void requireFinite(String what, double[] values, boolean isFloat, int at, int n) {
        for (int i = 0; i < n; i++) {
            double stored = isFloat ? (float) values[i] : values[i];
            if (!Double.isFinite(stored)) {
                throw new NonFiniteUpdateException(what, at + i, stored);
            }
        }
    }
}
