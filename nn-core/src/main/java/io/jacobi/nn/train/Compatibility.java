package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that data, model, loss and metrics fit together, before the first step, so that nothing fails in the middle of an epoch. */
public final class Compatibility {

    private Compatibility() {}

    /**
     * Checks that the loss reads the numbers of the last layer as what they are.
     *
     * @throws IllegalArgumentException if it would misread them; the message says why, and how to fix it
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
     * Checks also that the examples fit the model, their targets and weights the loss, and that each metric can judge the predictions.
     *
     * @throws ShapeException if a shape does not fit
     * @throws IllegalArgumentException if there is no example, if the examples have weights and the loss takes none, or if two metrics
     *     have one name
     */
    public static void check(Sequential model, Loss loss, Dataset data, List<Metric> metrics) {
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
        check(model.outputShape(), data.target(), metrics);
    }

    private static void check(Shape prediction, Shape target, List<Metric> metrics) {
        Set<String> names = new HashSet<>();
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                throw new IllegalArgumentException("Two metrics are named \"" + metric.name()
                        + "\"\n  expected a name of its own for each, as results are found by it"
                        + "\n  fix: leave one out, or let Metric.name() tell them apart");
            }
            metric.check(prediction, target);
        }
    }
}
