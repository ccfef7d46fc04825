package io.jacobi.nn.optim;

/**
 * One optimizer step, as a loop over a tile of the weights. The loop is over doubles and serves float models too: their
 * tiles are widened before it and rounded once after it. {@link FloatTileUpdate} adds a loop over floats, which is
 * faster.
 *
 * <p>Several threads run one update at the same time on different tiles, so the loop must not change anything but its
 * tile. Where numbers are so large that something may overflow, the stepper runs the loop over doubles twice for each
 * tile, first without keeping the result, and a float model has moments of doubles.
 *
 * <p>The stepper keeps moments that shrink towards 0 out of the denormal numbers, with which processors compute slowly:
 * it rounds them to multiples of 2^-124 for float models and of 2^-903 for double models.
 */
@FunctionalInterface
public interface TileUpdate {

    /**
     * Changes the first {@code n} weights of a tile and their moments. The arrays may be longer than n.
     *
     * @param w the weights, after weight decay
     * @param g the gradient; only read
     * @param moments in the order of {@link ElementwiseOptimizer#moments}
     */
    void apply(double[] w, double[] g, double[][] moments, int n);
}
