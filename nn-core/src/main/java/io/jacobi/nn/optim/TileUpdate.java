package io.jacobi.nn.optim;

/**
 * One optimizer step, as a loop over a tile of the weights. Written for double, it serves float models as well: their tiles are
 * widened before the loop and rounded once after it. {@link FloatTileUpdate} adds a loop of its own for float models.
 *
 * <p>Several threads run one update at the same time, on different tiles: the loop changes its tile and nothing else.
 *
 * <p>Where moments fade because gradients stay 0, the stepper keeps them out of the denormal numbers, with which processors
 * compute slowly: it rounds them to multiples of 2^-124 for float models, and of 2^-903 for double models.
 */
@FunctionalInterface
public interface TileUpdate {

    /**
     * Changes {@code n} weights and their moments.
     *
     * @param w the weights, after weight decay; longer than n, as all these arrays may be
     * @param g the gradient; only read
     * @param moments in the order of {@link ElementwiseOptimizer#moments}
     */
    void apply(double[] w, double[] g, double[][] moments, int n);
}
