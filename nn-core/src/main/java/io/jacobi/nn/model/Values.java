package io.jacobi.nn.model;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Seeds;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
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
    /** Those that keep the memory: the model until it is closed, and each {@link #hold}. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicBoolean closed = new AtomicBoolean();

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
     * Adds a holder, which lets go by closing the result.
     *
     * @throws IllegalStateException if the model is closed
     */
    Sequential.Hold hold() {
        requireOpen();
        if (holders.updateAndGet(n -> n == 0 ? 0 : n + 1) == 0) {
            throw closed();
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                letGo();
            }
        };
    }

    private void letGo() {
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

    void close() {
        if (closed.compareAndSet(false, true)) {
            letGo();
        }
    }

    /** Checks that neither the model nor one of its vectors has been closed. */
    void requireOpen() {
        if (closed.get()) {
            throw closed();
        }
        for (DataBuffer buffer : buffers) {
            if (buffer.wasClosed()) {
                throw closedVector();
            }
        }
    }

    private IllegalStateException closedVector() {
        return new IllegalStateException("the model's own vector of "
                + (weights.wasClosed() ? "weights" : "states") + " has been closed"
                + "\n  expected it to live as long as the model"
                + "\n  fix: close copies alone, as of model.weights().dup(); to free the model, close the model");
    }

    private static IllegalStateException closed() {
        return new IllegalStateException(
                "the model is closed\n  expected an open model\n  fix: use it before it is closed, or a copy of it");
    }

    INDArray weights() {
        requireOpen();
        return weights;
    }

    INDArray states() {
        requireOpen();
        return states;
    }

    INDArray view(String path) {
        requireOpen();
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
        Vectors.set(view(p.path()), start);
    }

    /** Sets all values to the other ones, rounded if these have the lower precision. */
    void copyFrom(Values other) {
        Vectors.copy(other.weights(), weights);
        Vectors.copy(other.states(), states);
    }
}
