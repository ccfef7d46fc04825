package io.jacobi.nn.model;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A chain of layers and their weights. The structure is immutable. The weights are one flat vector that training
 * changes in place, and each parameter is a view of it.
 *
 * <pre>{@code
 * Sequential model = Sequential.input(Shape.of(784))
 *     .add(new Affine(128)).add(new Relu()).add(new Affine(10))
 *     .build(DataType.FLOAT, 42);
 * }</pre>
 *
 * <p>The weights lie outside the Java heap. {@link #close} frees them, when the last workspace over them is closed too;
 * a model that is not closed is freed by the garbage collector at some time. Close the models that a program makes again
 * and again, such as copies and models that are loaded anew.
 */
public final class Sequential implements AutoCloseable {

    private final Blueprint blueprint;
    private final DataType type;
    private final long seed;
    private final Values values;

    /** A model whose weights and states are 0. */
    Sequential(Blueprint blueprint, DataType type, long seed) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("A model is FLOAT or DOUBLE; received " + type);
        }
        this.blueprint = blueprint;
        this.type = type;
        this.seed = seed;
        this.values = new Values(blueprint, type);
    }

    /** Draws the weights and states from the seed. */
    Sequential drawn() {
        parameters().forEach(p -> values.draw(p, seed));
        states().forEach(p -> values.draw(p, seed));
        return this;
    }

    /** Starts a model that takes examples of this shape, without the batch dimension. */
    public static Builder input(Shape shape) {
        return new Builder(shape);
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

    /** The seed of the weights, and of dropout masks and shuffles unless another one is given for these. */
    public long seed() {
        return seed;
    }

    /** The layers in order. */
    public List<Layer> layers() {
        return blueprint.layers();
    }

    /** The name of layer {@code index} in messages: its hyperparameters, and its own name if it has one. */
    public String label(int index) {
        return blueprint.label(index);
    }

    /** The structure of the model without its weights. */
    public Blueprint blueprint() {
        return blueprint;
    }

    /** The position of each parameter in {@link #weights()}, in order and without gaps. */
    public List<Parameter> parameters() {
        return blueprint.parameters();
    }

    /** The position of each state (stored, not trained) in {@link #state()}. */
    public List<Parameter> states() {
        return blueprint.states();
    }

    /** The number of trained weights. */
    public long parameterCount() {
        return Values.length(parameters());
    }

    /** All weights as one vector; changing it changes the model. It is empty if no layer has parameters. */
    public INDArray weights() {
        return values.weights();
    }

    /** All states as one vector. */
    public INDArray state() {
        return values.states();
    }

    /**
     * A parameter or state by its path, such as {@code 0.weight}: a view.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public INDArray value(String path) {
        return values.view(path);
    }

    /**
     * Returns a model of the same layers with copies of the current weights and states. Training one does not change
     * the other.
     */
    public Sequential copy() {
        return copy(type);
    }

    /**
     * Returns a copy in this precision, FLOAT or DOUBLE. Weights and states are rounded if it is the lower one.
     *
     * @throws IllegalArgumentException if it is another type
     */
    public Sequential copy(DataType precision) {
        Hold held = hold();
        try {
            Sequential copy = new Sequential(blueprint, precision, seed);
            copy.values.copyFrom(values);
            return copy;
        } finally {
            held.close();
        }
    }

    /** Keeps the memory of a model's weights until it is closed. */
    public interface Hold extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Keeps the memory of the weights and states until the result is closed, even if the model is closed before. A
     * {@link Workspace} does so by itself; code that reads {@link #weights} while another thread may close the model
     * needs it.
     *
     * @throws IllegalStateException if the model is closed
     */
    public Hold hold() {
        return values.hold();
    }

    /**
     * Checks that the model can be used.
     *
     * @throws IllegalStateException if the model, or its vector of weights or states, is closed
     */
    public void requireOpen() {
        values.requireOpen();
    }

    /**
     * Frees the weights and states, now or when the last workspace over them is closed. Passes and predictions in
     * progress end as usual; later ones throw IllegalStateException. Closing again has no effect.
     */
    @Override
    public void close() {
        values.close();
    }

    /** A table of the layers with output shapes, parameter counts and bytes. */
    public String summary() {
        return Summary.of(this, blueprint.plans());
    }

    @Override
    public String toString() {
        return "Sequential" + layers();
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
         * @throws io.jacobi.nn.ShapeException if a layer cannot take the output of the layer before it; nothing was
         *     allocated then
         */
        public Sequential build(DataType type, long seed) {
            return blueprint().draw(type, seed);
        }

        /**
         * Checks that the layers fit each other, without allocating anything.
         *
         * @throws io.jacobi.nn.ShapeException if a layer cannot take the output of the layer before it
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
