package io.jacobi.nn.model;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Seeds;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A chain of layers and their weights. The structure is immutable; the weights are one flat vector that training changes in
 * place, and each parameter is a view of it.
 *
 * <pre>{@code
 * Sequential model = Sequential.input(Shape.of(784))
 *     .add(new Affine(128)).add(new Relu()).add(new Affine(10))
 *     .build(DataType.FLOAT, 42);
 * }</pre>
 */
public final class Sequential {

    private final Blueprint blueprint;
    private final DataType type;
    private final long seed;
    private final INDArray weights;
    private final INDArray stateVector;
    private final Map<String, INDArray> values = new HashMap<>();

    /** All weights and states are 0. */
    Sequential(Blueprint blueprint, DataType type, long seed) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("A model is FLOAT or DOUBLE; received " + type);
        }
        this.blueprint = blueprint;
        this.type = type;
        this.seed = seed;
        this.weights = Memory.vector(type, end(blueprint.parameters()));
        this.stateVector = Memory.vector(type, end(blueprint.states()));
        place(blueprint.parameters(), weights);
        place(blueprint.states(), stateVector);
    }

    Sequential drawn() {
        Stream.concat(parameters().stream(), states().stream()).forEach(this::draw);
        return this;
    }

    /** Starts a model that takes examples of this shape, without the batch dimension. */
    public static Builder input(Shape shape) {
        return new Builder(shape);
    }

    private static long end(List<Parameter> placed) {
        return placed.isEmpty() ? 0 : placed.get(placed.size() - 1).end();
    }

    private void place(List<Parameter> placed, INDArray vector) {
        for (Parameter p : placed) {
            values.put(p.path(), Memory.view(vector, p.offset(), p.shape().dims()));
        }
    }

    private void draw(Parameter p) {
        double[] start = new double[Math.toIntExact(p.shape().size())];
        long key = Seeds.derive(seed, Seeds.Purpose.INITIALIZE, 0, p.path().hashCode());
        p.initializer().fill(start, p.shape(), new SplittableRandom(key));
        Vectors.set(value(p.path()), start);
    }

    /** The shape of one input example. */
    public Shape inputShape() {
        return blueprint.inputShape();
    }

    /** The shape of one output example. */
    public Shape outputShape() {
        return blueprint.outputShape();
    }

    /** FLOAT or DOUBLE: the type of the weights and of every buffer. */
    public DataType dataType() {
        return type;
    }

    /** What the weights were drawn from, and what dropout masks and shuffles are drawn from unless told otherwise. */
    public long seed() {
        return seed;
    }

    /** The layers in order. */
    public List<Layer> layers() {
        return blueprint.layers();
    }

    /** What layer {@code index} is called in messages: its hyperparameters, and its name if it was given one. */
    public String label(int index) {
        return blueprint.label(index);
    }

    /** What it is made of, without the weights. */
    public Blueprint blueprint() {
        return blueprint;
    }

    /** Where each parameter lies in {@link #weights()}, in order and without gaps. */
    public List<Parameter> parameters() {
        return blueprint.parameters();
    }

    /** Where each state (stored, not trained) lies in {@link #state()}. */
    public List<Parameter> states() {
        return blueprint.states();
    }

    /** The number of trained weights. */
    public long parameterCount() {
        return end(parameters());
    }

    /** All weights as one vector; changing it changes the model. Empty if no layer has parameters. */
    public INDArray weights() {
        return weights;
    }

    /** All states as one vector. */
    public INDArray state() {
        return stateVector;
    }

    /**
     * A parameter or state by its path, such as {@code 0.weight}: a view.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public INDArray value(String path) {
        INDArray value = values.get(path);
        if (value == null) {
            throw new IllegalArgumentException("There is no parameter \"" + path + "\"; there are "
                    + values.keySet().stream().sorted().toList());
        }
        return value;
    }

    /** The same layers over weights and states of their own, which hold what these hold now; what changes one leaves the other alone. */
    public Sequential copy() {
        return copy(type);
    }

    /**
     * The same in this precision: FLOAT or DOUBLE. Weights and states are rounded if it is the lower one.
     *
     * @throws IllegalArgumentException if it is another
     */
    public Sequential copy(DataType precision) {
        Sequential copy = new Sequential(blueprint, precision, seed);
        Vectors.copy(weights, copy.weights);
        Vectors.copy(stateVector, copy.stateVector);
        return copy;
    }

    /** A table of the layers with output shapes, parameter counts and bytes. */
    public String summary() {
        return Summary.of(this, plans());
    }

    @Override
    public String toString() {
        return "Sequential" + layers();
    }

    List<LayerPlan> plans() {
        return blueprint.plans();
    }

    /** Adds layers; {@link #build} checks that they fit. */
    public static final class Builder {

        private final Shape input;
        private final List<LayerPlan.Entry> entries = new ArrayList<>();

        private Builder(Shape input) {
            this.input = input;
        }

        /** Appends a layer. */
        public Builder add(Layer layer) {
            entries.add(new LayerPlan.Entry(Optional.empty(), layer));
            return this;
        }

        /** Appends a layer under a name that messages and the summary show. */
        public Builder add(String name, Layer layer) {
            entries.add(new LayerPlan.Entry(Optional.of(name), layer));
            return this;
        }

        /**
         * Checks that the layers fit each other, then allocates the weights and draws them from {@code seed}.
         *
         * @param type FLOAT to train and serve, DOUBLE to check gradients
         * @throws io.jacobi.nn.ShapeException if a layer cannot take what the one before it gives; nothing was allocated then
         */
        public Sequential build(DataType type, long seed) {
            return blueprint().draw(type, seed);
        }

        /**
         * Checks that the layers fit each other, and allocates nothing.
         *
         * @throws io.jacobi.nn.ShapeException if a layer cannot take what the one before it gives
         */
        public Blueprint blueprint() {
            if (entries.isEmpty()) {
                throw new IllegalArgumentException(
                        "A model needs at least one layer\n  fix: add(...) before build(...)");
            }
            return new Blueprint(
                    input, LayerPlan.chain(entries, input, "", "Layer", "the model's input", new Offsets()));
        }
    }
}
