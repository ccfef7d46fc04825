package io.jacobi.nn.scalar;

import io.jacobi.nn.Seeds;
import java.util.Map;
import java.util.TreeMap;

/**
 * The view of a pass that a {@link ScalarLayer} has: its input, its parameters, and the seed of randomness.
 *
 * @param <T> the kind of number
 */
public final class ScalarPass<T extends Real<T>> {

    private final Tensor<T> x;
    private final Map<String, Tensor<T>> values;
    private final String path;
    private final long seed;

    /**
     * Creates the pass of a layer in a model, in its first training step.
     *
     * @param x {@code [batch, input shape...]}
     * @param values parameters and states by their paths, such as {@code 0.weight}
     * @param path the place of the layer, such as {@code 0}; empty for a chain that is the model itself, whose layers
     *     are its {@linkplain #child children}
     * @param seed the model's seed
     */
    public ScalarPass(Tensor<T> x, Map<String, Tensor<T>> values, String path, long seed) {
        this.x = x;
        this.values = Map.copyOf(values);
        this.path = path;
        this.seed = seed;
    }

    /** The input, {@code [batch, input shape...]}. */
    public Tensor<T> x() {
        return x;
    }

    /** The number of examples. */
    public int batch() {
        return x.dim(0);
    }

    /**
     * Returns a parameter or state, by the layer's own name for it.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Tensor<T> value(String name) {
        Tensor<T> value = values.get(inside(name));
        if (value == null) {
            throw new IllegalArgumentException(
                    "There is no " + inside(name) + "; there are " + new TreeMap<>(values).keySet());
        }
        return value;
    }

    /** Returns a number that depends on nothing. */
    public T constant(double value) {
        return x.at(0).constant(value);
    }

    /** Whether there is a parameter or state of this name. */
    public boolean has(String name) {
        return values.containsKey(inside(name));
    }

    /** The value of {@link io.jacobi.nn.Pass#key} for the layer in the first step. */
    public long key() {
        return Seeds.pass(seed, path, 0);
    }

    /** Returns the pass of layer {@code index} of the unnamed branch of this layer. */
    public ScalarPass<T> child(int index, Tensor<T> input) {
        return child(Integer.toString(index), input);
    }

    /**
     * Returns the pass of a layer inside this one.
     *
     * @param name the name of the branch, such as {@code gate}, or of a layer in a branch of several, {@code gate.0}
     */
    public ScalarPass<T> child(String name, Tensor<T> input) {
        return new ScalarPass<>(input, values, inside(name), seed);
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
