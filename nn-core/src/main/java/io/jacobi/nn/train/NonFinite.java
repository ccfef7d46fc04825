package io.jacobi.nn.train;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.NonFiniteUpdateException;
import java.util.OptionalInt;

/** Says in which layer of a model a step met a number that is NaN or infinite. */
final class NonFinite {

    private final Sequential model;

    NonFinite(Sequential model) {
        this.model = model;
    }

    /** The loss is not finite, and neither is the output of this layer, if any. */
    NonFiniteLossException loss(long step, double value, OptionalInt layer) {
        return new NonFiniteLossException(
                step,
                value,
                layer.isEmpty() ? "the loss itself, all layers are finite" : label(layer.getAsInt()) + weights());
    }

    private String weights() {
        boolean finite =
                model.parameterCount() == 0 || Vectors.isFinite(new Scratch(), model.weights());
        return finite ? "" : "; the weights are not finite either, since an earlier step";
    }

    /** The loss is finite, but not the gradient, or not what the optimizer would make of it. */
    NonFiniteStepException update(long step, NonFiniteUpdateException update) {
        Parameter parameter = model.parameters().stream()
                .filter(p -> update.index() < p.end())
                .findFirst()
                .orElseThrow(() -> update);
        int layer = Integer.parseInt(parameter.path().substring(0, parameter.path().indexOf('.')));
        return new NonFiniteStepException(
                step,
                "The " + update.what() + " of " + parameter.path()
                        + position(parameter, update.index() - parameter.offset()) + " is " + update.value(),
                "in " + label(layer),
                "lower the learning rate, scale inputs, targets and loss to about 1, or build the model in DOUBLE");
    }

    private String label(int layer) {
        return "layer " + (layer + 1) + " of " + model.layers().size() + ", " + model.label(layer);
    }

    /** {@code [3, 17]}. */
    private static String position(Parameter parameter, long element) {
        long rest = element;
        StringBuilder position = new StringBuilder();
        for (int axis = parameter.shape().rank() - 1; axis >= 0; axis--) {
            position.insert(0, (axis == 0 ? "" : ", ") + rest % parameter.shape().dim(axis));
            rest /= parameter.shape().dim(axis);
        }
        return " [" + position + "]";
    }
}
