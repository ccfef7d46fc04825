package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;

/** Whether data, model and loss fit together: asked before the first step, so that nothing fails in the middle of an epoch. */
public final class Compatibility {

    private Compatibility() {}

    /**
     * Whether the loss reads what the last layer gives as what it is.
     *
     * @throws IllegalArgumentException if not; the message says why, and how to mend it
     */
    public static void check(Sequential model, Loss loss) {
        int last = model.layers().size() - 1;
        try {
            loss.check(model.layers().get(last).output());
        } catch (IllegalArgumentException misread) {
            throw new IllegalArgumentException(
                    "Layer " + (last + 1) + " of " + (last + 1) + ", " + model.label(last)
                            + ", does not go with the loss: " + misread.getMessage(),
                    misread);
        }
    }

    /**
     * The same, and whether the examples fit the model and their targets and weights the loss.
     *
     * @throws ShapeException if a shape does not fit
     * @throws IllegalArgumentException if there is no example, or they have weights and the loss takes none
     */
    public static void check(Sequential model, Loss loss, Dataset data) {
        check(model, loss);
        if (data.size() < 1) {
            throw new IllegalArgumentException("The data set is empty\n  expected at least one example");
        }
        Shape features = data.features();
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
        loss.check(model.outputShape(), data.target());
        if (data.weighted() && !loss.takesWeights()) {
            throw new IllegalArgumentException("The examples have weights, and " + loss + " takes none"
                    + "\n  expected a loss that weighs examples, as all of io.jacobi.nn.loss do"
                    + "\n  fix: let the loss implement RowLoss, or use the data set without weights");
        }
    }
}
