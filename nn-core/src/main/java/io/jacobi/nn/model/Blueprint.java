package io.jacobi.nn.model;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model whose layers fit each other, before it has weights. A loader compares its parameters with the contents of a
 * file and allocates nothing until both agree. {@link Sequential.Builder#blueprint} makes one.
 */
public final class Blueprint {

    private final Shape input;
    private final List<LayerPlan> plans;
    private final List<Parameter> parameters;
    private final List<Parameter> states;

    Blueprint(Shape input, List<LayerPlan> plans) {
        this.input = input;
        this.plans = List.copyOf(plans);
        this.parameters = inOrder(plans.stream().flatMap(LayerPlan::allParameters));
        this.states = inOrder(plans.stream().flatMap(LayerPlan::allStates));
    }

    private static List<Parameter> inOrder(Stream<Parameter> placed) {
        return placed.sorted(Comparator.comparingLong(Parameter::offset)).toList();
    }

    /** The shape of one input example. */
    public Shape inputShape() {
        return input;
    }

    /** The shape of one output example. */
    public Shape outputShape() {
        return plans.get(plans.size() - 1).output();
    }

    /** The layers in order. */
    public List<Layer> layers() {
        return plans.stream().map(LayerPlan::layer).toList();
    }

    /** The name that layer {@code index} was added under, if it has one. */
    public Optional<String> name(int index) {
        return plans.get(index).name();
    }

    /** The name of layer {@code index} in messages: its hyperparameters, and its own name if it has one. */
    public String label(int index) {
        return plans.get(index).label();
    }

    /** The position of each parameter in the flat vector of weights, in order and without gaps. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The position of each state (stored, not trained) in the flat vector of states. */
    public List<Parameter> states() {
        return states;
    }

    /**
     * Makes the model with weights drawn from {@code seed}.
     *
     * @throws IllegalArgumentException unless the type is FLOAT or DOUBLE
     */
    public Sequential draw(DataType type, long seed) {
        return zeros(type, seed).drawn();
    }

    /**
     * Makes the model with weights and states of 0, for code that sets all of them.
     *
     * @param seed the seed that {@link Sequential#seed} returns
     * @throws IllegalArgumentException unless the type is FLOAT or DOUBLE
     */
    public Sequential zeros(DataType type, long seed) {
        return new Sequential(this, type, seed);
    }

    /** The layers in order, with the shapes and the parameters of each. */
    public List<LayerPlan> plans() {
        return plans;
    }

    @Override
    public String toString() {
        return "Blueprint" + layers();
    }
}
