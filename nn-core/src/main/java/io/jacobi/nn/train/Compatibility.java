package io.jacobi.nn.train;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks before the first step that data, model, loss and metrics fit together, so that no error comes in the middle of
 * an epoch.
 */
public final class Compatibility {

    private Compatibility() {}

    /**
     * Checks that the loss does not misread the output of the last layer, such as probabilities for logits.
     *
     * @throws IllegalArgumentException if it would; the message says why, and how to fix it
     */
    public static void check(Sequential model, Loss loss) {
        checkOutput(model, loss::check, "the loss");
    }

    private static void checkOutput(Sequential model, Consumer<OutputKind> check, String reader) {
        int last = model.layers().size() - 1;
        try {
            check.accept(model.layers().get(last).outputKind());
        } catch (IllegalArgumentException misread) {
            throw new IllegalArgumentException(
                    "Layer " + (last + 1) + " of " + (last + 1) + ", " + model.label(last) + ", does not go with "
                            + reader + ": " + misread.getMessage(),
                    misread);
        }
    }

    /**
     * Checks also that the examples fit the model, that the loss takes their targets and weights, and that each metric
     * can judge the predictions.
     *
     * @throws ShapeException if a shape does not fit
     * @throws IllegalArgumentException if there is no example, if the examples have weights and the loss takes none, or
     *     if two metrics have one name
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
        check(model, loss, data.target(), metrics);
    }

    private static void check(Sequential model, Loss loss, Shape target, List<Metric> metrics) {
        Set<String> names = new HashSet<>();
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                throw new IllegalArgumentException("Two metrics are named \"" + metric.name()
                        + "\"\n  expected different names, because results are looked up by name"
                        + "\n  fix: remove one, or give them different names in Metric.name()");
            }
            checkOutput(model, metric::check, "the metric " + metric.name());
            metric.check(model.outputShape(), target);
            metric.check(loss);
        }
    }
}
