package io.jacobi.nn.train;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.NonFiniteUpdateException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Says in which layer of a model a step met a number that is NaN or infinite. */
final class NonFinite {

    private final Sequential model;

    NonFinite(Sequential model) {
        this.model = model;
    }

    /** The first weight or state of a model that is NaN or infinite, such as {@code 1.running_var [3] is NaN}. */
    static Optional<String> in(Sequential model) {
        Optional<String> weight = in(model.weights(), model.parameters());
        return weight.isPresent() ? weight : in(model.state(), model.states());
    }

    private static Optional<String> in(INDArray vector, List<Parameter> parameters) {
        if (vector.isEmpty()) {
            return Optional.empty();
        }
        Span values = Span.of(vector);
        int index = Vectors.firstNonFinite(new Scratch(), values);
        return index < 0
                ? Optional.empty()
                : Parameter.holding(index, parameters).map(p -> place(p, index) + " is " + values.get(index));
    }

    /** The loss is not finite, and neither is the output of this layer, if any, nor this feature or target, if any. */
    NonFiniteLossException loss(long step, double value, OptionalInt layer, Optional<String> input) {
        return new NonFiniteLossException(
                step,
                value,
                layer.isEmpty() ? "the loss itself, all layers are finite" : label(layer.getAsInt()) + weights(),
                input);
    }

    /** The penalties made the sum infinite. */
    NonFiniteLossException penalties(long step, double value) {
        return new NonFiniteLossException(step, value, "the penalties, loss and layers are finite", Optional.empty());
    }

    private String weights() {
        return in(model.weights(), model.parameters()).isEmpty()
                ? ""
                : "; the weights are not finite either, since an earlier step";
    }

    /** The loss is finite, but not the gradient, or not what the optimizer would make of it. */
    NonFiniteStepException update(long step, NonFiniteUpdateException update) {
        Parameter parameter =
                Parameter.holding(update.index(), model.parameters()).orElseThrow(() -> update);
        int layer =
                Integer.parseInt(parameter.path().substring(0, parameter.path().indexOf('.')));
        return new NonFiniteStepException(
                step,
                "The " + update.what() + " of " + place(parameter, update.index()) + " is " + update.value(),
                "in " + label(layer),
                "lower the learning rate, scale inputs, targets and loss to about 1, or build the model in DOUBLE");
    }

    private String label(int layer) {
        return "layer " + (layer + 1) + " of " + model.layers().size() + ", " + model.label(layer);
    }

    /** {@code 0.weight [3, 17]}, for a position in the flat vector. */
    private static String place(Parameter parameter, long position) {
        return parameter.path() + " " + Arrays.toString(parameter.shape().indices(position - parameter.offset()));
    }
}
