package io.jacobi.nn.optim;

/**
 * One optimizer step, as a loop over a tile of the weights. All that depends on the step alone, such as the rate and the bias
 * corrections, is folded into a few numbers before it runs. {@link Sweep} loads and stores the tiles, and decays the weights.
 */
interface Update {

    /**
     * Changes {@code n} weights and their moments.
     *
     * @param g the gradient; only read
     * @param moments in the order of the stepper's state
     */
    void floats(float[] w, float[] g, float[][] moments, int n);

    /** The same in double. */
    void doubles(double[] w, double[] g, double[][] moments, int n);

    /** Makes the update of each step. */
    @FunctionalInterface
    interface Rule {

        /** The update of one step: a function of both numbers alone. Steps count from 1, as in the papers. */
        Update at(long step, double rate);
    }
}
