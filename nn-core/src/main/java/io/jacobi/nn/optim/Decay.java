package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.List;

/**
 * Decoupled weight decay: at each step the weights lose the share rate · factor, beside and not through the gradient.
 *
 * @param factor at least 0
 * @param all whether biases and normalization decay too
 */
record Decay(double factor, boolean all) {

    static final Decay NONE = new Decay(0, true);

    /** What is left of a decaying weight after a step. */
    double keep(double rate) {
        return 1 - rate * factor;
    }

    /** Which weights decay; without decay the answer does not matter, and one run is fastest. */
    List<Run> runs(int length, List<Parameter> parameters) {
        return Run.cover(length, parameters, all || factor == 0);
    }
}
