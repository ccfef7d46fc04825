package io.jacobi.nn.train;

import java.util.Map;

/**
 * What remembers numbers from one step or epoch to the next. A checkpoint holds them, so that a resumed run goes on as if it had
 * never stopped; who remembers nothing, or may forget it, overrides neither method.
 */
public interface Resumable {

    /** What it remembers, by name. */
    default Map<String, Double> state() {
        return Map.of();
    }

    /** Goes on from what {@link #state} gave in the run that is resumed; called before its next step. */
    default void restore(Map<String, Double> memory) {}
}
