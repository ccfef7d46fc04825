package io.jacobi.nn.model;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Seeds;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights and states of a model: two flat vectors, and a view of each parameter and state. */
final class Values {

    private final INDArray weights;
    private final INDArray states;
    /** The vectors that have memory; asked before each pass, which an array would take longer to answer. */
    private final DataBuffer[] buffers;

    private final Map<String, INDArray> views = new HashMap<>();
    /** The models over these vectors that are not closed. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Allocates vectors of zeros. */
    Values(Blueprint blueprint, DataType type) {
        this.weights = place(blueprint.parameters(), type);
        this.states = place(blueprint.states(), type);
        this.buffers = Stream.of(weights, states)
                .filter(vector -> !vector.isEmpty())
                .map(INDArray::data)
                .toArray(DataBuffer[]::new);
    }

    private INDArray place(List<Parameter> parameters, DataType type) {
        INDArray vector = Memory.vector(type, length(parameters));
        for (Parameter p : parameters) {
            views.put(p.path(), Memory.view(vector, p.offset(), p.shape().dims()));
        }
        return vector;
    }

    static long length(List<Parameter> parameters) {
        return parameters.isEmpty() ? 0 : parameters.get(parameters.size() - 1).end();
    }

    /**
     * Adds a holder.
     *
     * @throws IllegalStateException if the last one has let go
     */
    void hold() {
        if (holders.updateAndGet(n -> n == 0 ? 0 : n + 1) == 0) {
            throw modelClosed();
        }
    }

    /** Removes a holder. The last one frees the memory. */
    void letGo() {
        if (holders.decrementAndGet() == 0) {
            free(weights);
            free(states);
        }
    }

    private static void free(INDArray vector) {
        if (!vector.isEmpty() && !vector.wasClosed()) {
            vector.close();
        }
    }

    /** Checks that none of the vectors was closed without the model. */
    void requireVectors() {
        for (DataBuffer buffer : buffers) {
            if (buffer.wasClosed()) {
                throw vectorClosed();
            }
        }
    }

    private IllegalStateException vectorClosed() {
        return new IllegalStateException("the model's own vector of "
                + (weights.wasClosed() ? "weights" : "states") + " has been closed"
                + "\n  expected it to live as long as the model"
                + "\n  fix: close a copy, such as model.weights().dup(); to free the model, close the model");
    }

    static IllegalStateException modelClosed() {
        return new IllegalStateException(
                "the model is closed\n  expected an open model\n  fix: use it before it is closed, or use a copy");
    }

    INDArray weights() {
        return weights;
    }

    INDArray states() {
        return states;
    }

    INDArray view(String path) {
        INDArray view = views.get(path);
        if (view == null) {
            throw new IllegalArgumentException("There is no parameter \"" + path + "\"; there are "
                    + views.keySet().stream().sorted().toList());
        }
        return view;
    }

    /** Fills one parameter with its initial value. */
    void draw(Parameter p, long seed) {
        double[] start = new double[Math.toIntExact(p.shape().size())];
        long key = Seeds.derive(seed, Seeds.Purpose.INITIALIZE, 0, p.path().hashCode());
        p.initializer().fill(start, p.shape(), new SplittableRandom(key));
        INDArray value = view(p.path());
        for (int i = 0; i < start.length; i++) {
            requireFinite(p, i, start[i], value.dataType() == DataType.FLOAT);
        }
        Vectors.set(value, start);
    }

    private static void requireFinite(Parameter p, int index, double value, boolean isFloat) {
        if (!Double.isFinite(isFloat ? (float) value : value)) {
            throw new IllegalArgumentException(
                    "The initial value of element " + index + " of " + p.path() + " is " + value
                            + (isFloat && Double.isFinite(value) ? ", which is infinite as a float" : "")
                            + "\n  expected finite numbers\n  fix: give the layer another initializer");
        }
    }

    /** Sets all values to the other ones, rounded if these have the lower precision. */
    void copyFrom(Values other) {
        Vectors.copy(other.weights, weights);
        Vectors.copy(other.states, states);
    }
}
