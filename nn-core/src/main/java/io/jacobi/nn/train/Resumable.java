package io.jacobi.nn.train;

import java.util.Map;

/**
 * An object with numbers that last from one step or epoch to the next. Checkpoints hold the numbers, so that a resumed
 * run continues as if it had never stopped. A class without such numbers, or one that may lose them, overrides neither
 * method.
 */
public interface Resumable {

    /** The numbers to store, by name. */
    default Map<String, Double> state() {
        return Map.of();
    }

    /** Takes over the {@link #state} that was stored. Called before the first step of a resumed run. */
    default void restore(Map<String, Double> state) {}
}
