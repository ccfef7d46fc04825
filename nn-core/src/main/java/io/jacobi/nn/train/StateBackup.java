package io.jacobi.nn.train;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states of a model, such as running means, as they were before a step. A layer changes them in its forward pass, long
 * before it is known whether the step is taken. States are a few numbers for each channel, so a copy costs less than a
 * microsecond.
 */
final class StateBackup implements AutoCloseable {

    private final INDArray states;
    private final INDArray copy;
    private final Scratch scratch = new Scratch();

    StateBackup(Sequential model) {
        this.states = model.state();
        this.copy = Memory.vector(model.dataType(), states.length());
    }

    void save() {
        if (!states.isEmpty()) {
            Vectors.copy(scratch, states, copy);
        }
    }

    @Override
    public void close() {
        if (!copy.isEmpty()) {
            copy.close();
        }
    }

    void restore() {
        if (!states.isEmpty()) {
            Vectors.copy(scratch, copy, states);
        }
    }
}
