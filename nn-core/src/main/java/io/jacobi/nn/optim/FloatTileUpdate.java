package io.jacobi.nn.optim;

/**
 * A {@link TileUpdate} with a second loop for float models, which nothing has to be widened for and of which the processor computes
 * twice as many elements at once. Both loops keep their moments out of the denormal numbers themselves.
 */
public interface FloatTileUpdate extends TileUpdate {

    /** Changes {@code n} weights of a float model and their moments, as the loop over doubles does. */
    void apply(float[] w, float[] g, float[][] moments, int n);
}
