package io.jacobi.nn.model;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Seeds;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights and states of a model: two flat vectors, and a view of each parameter and state. */
final class Values {

    private final INDArray weights;
    private final INDArray states;
    private final Map<String, INDArray> views = new HashMap<>();

    /** Allocates vectors of zeros. */
    Values(Blueprint blueprint, DataType type) {
        this.weights = place(blueprint.parameters(), type);
        this.states = place(blueprint.states(), type);
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
