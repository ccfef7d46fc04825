package io.jacobi.nn.train;

import io.jacobi.nn.Sequential;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;

/** Whether data, model and loss fit together: asked before the first step, so that nothing fails in the middle of an epoch. */
final class Compatibility {

    private Compatibility() {}

    static void check(Sequential model, Loss loss, Dataset data) {
        if (data.size() < 1) {
            throw new IllegalArgumentException("The data set is empty\n  expected at least one example");
        }
        check(model, loss, data.features(), data.target());
    }

    static void check(Sequential model, Loss loss, Shape features, Shape target) {
        if (!features.equals(model.inputShape())) {
            boolean sameSize = features.size() == model.inputShape().size();
            throw new ShapeException(
                    "the examples do not fit the model",
                    "features of shape " + model.inputShape() + ", the model's input",
                    features.toString(),
                    sameSize
                            ? "data.reshape(Shape.of(...)) to the model's input shape"
                            : "Sequential.input(...) with the shape of the examples");
        }
        loss.check(model.outputShape(), target);
    }
}
