package io.jacobi.nn.model;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * <p>The weights lie outside the Java heap. {@link #close} frees them as soon as nothing else uses them. If a model is
 * not closed, the garbage collector frees its weights, but a program that makes no garbage has no collections. So close
 * the models that a program makes again and again, such as copies and models that it loads anew. A model that lives as
 * long as the program need not be closed.
 */
public final class Sequential implements AutoCloseable {

    private final Blueprint blueprint;
    private final DataType type;
    private final long seed;
    private final Values values;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A model whose weights and states are 0. */
    Sequential(Blueprint blueprint, DataType type, long seed) {
        this(blueprint, type, seed, new Values(blueprint, requireWeights(type)));
    }

    private Sequential(Blueprint blueprint, DataType type, long seed, Values values) {
        this.blueprint = blueprint;
        this.type = type;
        this.seed = seed;
        this.values = values;
    }

    private static DataType requireWeights(DataType type) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("A model is FLOAT or DOUBLE; received " + type);
        }
        return type;
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

    /**
     * All weights as one vector; changing it changes the model. It is empty if no layer has parameters. It belongs to
     * the model: only {@link #close} may close it.
     */
    public INDArray weights() {
        requireOpen();
        return values.weights();
    }

    /** All states as one vector. */
    public INDArray state() {
        requireOpen();
        return values.states();
    }

    /**
     * A parameter or state by its path, such as {@code 0.weight}: a view.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public INDArray value(String path) {
        requireOpen();
        return values.view(path);
    }

    /**
     * Returns a model of the same layers with copies of the current weights and states. Training one does not change
     * the other. The caller closes it.
     *
     * @throws IllegalStateException if the model is closed
     */
    public Sequential copy() {
        return copy(type);
    }

    /**
     * Returns a copy in this precision, FLOAT or DOUBLE. Weights and states are rounded if it is the lower one. The
     * caller closes it.
     *
     * @throws IllegalArgumentException if it is another type, or if a weight or a state is infinite in this precision
     *     and not in the other
     * @throws IllegalStateException if the model is closed
     */
    public Sequential copy(DataType precision) {
        try (Sequential kept = share()) {
            Sequential copy = new Sequential(blueprint, precision, seed);
            copy.values.copyFrom(kept.values);
            return copy;
        }
    }

    /**
     * Returns the same model once more, over the same weights and states: training one changes the other. The memory is
     * freed when both are closed. Code that uses the weights while other code may close the model uses a share.
     *
     * @throws IllegalStateException if the model is closed
     */
    public Sequential share() {
        requireOpen();
        values.hold();
        return new Sequential(blueprint, type, seed, values);
    }

    /**
     * Checks that the weights and states can be used.
     *
     * @throws IllegalStateException if the model is closed, or its vector of weights or states
     */
    public void requireOpen() {
        if (closed.get()) {
            throw Values.modelClosed();
        }
        values.requireVectors();
    }

    /**
     * Frees the weights and states, unless something else uses them: then the last user frees them when it is closed. A
     * {@code Predictor} that was made of this model goes on. A {@link Workspace} and a {@code Trainer} end the pass or
     * the step that they are in; later ones, and calls that need the weights, throw IllegalStateException. Any thread
     * may close a model. Closing again has no effect.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            values.letGo();
        }
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
