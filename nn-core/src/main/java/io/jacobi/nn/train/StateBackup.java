package io.jacobi.nn.train;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states of a model, such as running means, as they were before a step. A layer changes them in its forward pass,
 * long before it is known whether the step is taken. States are a few numbers for each channel, so a copy costs less
 * than a microsecond.
 */
final class StateBackup implements AutoCloseable {

    private final INDArray states;
    private final Scratch scratch = new Scratch();
    /** Made at the first step: a trainer that only other settings were derived from is not closed, and needs none. */
    private @Nullable INDArray copy;

    StateBackup(Sequential model) {
        this.states = model.state();
    }

    void save() {
        if (states.isEmpty()) {
            return;
        }
        if (copy == null) {
            copy = Memory.vector(states.dataType(), states.length());
        }
        Vectors.copy(scratch, states, copy);
    }

    void restore() {
        if (copy != null) {
            Vectors.copy(scratch, copy, states);
        }
    }

    @Override
    public void close() {
        if (copy != null) {
            copy.close();
            copy = null;
        }
    }
}
