package io.jacobi.nn.optim;

/**
 * A {@link TileUpdate} with a second loop, for float models. It is faster because nothing is widened and an instruction
 * computes twice as many elements: momentum over 536,000 floats took 1.2 ms with a loop over doubles and 0.24 ms with
 * one over floats.
 *
 * <p>Both loops have to keep their moments out of the denormal numbers themselves.
 */
public interface FloatTileUpdate extends TileUpdate {

    /** Changes the first {@code n} weights of a tile of floats and their moments, as the loop over doubles does. */
    void apply(float[] w, float[] g, float[][] moments, int n);
}
