package io.jacobi.nn.metric;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.loss.Loss;

/** Refuses what a metric of a classifier would misread, before the first step. */
record OutputChecks(String metric, Outputs outputs, Need need) {

    static OutputChecks of(OutputMetric metric) {
        return new OutputChecks(metric.name(), metric.outputs(), metric.need());
    }

    void check(Shape prediction, Shape target) {
        if (outputs.areClasses()) {
            checkClasses(prediction, target);
            return;
        }
        boolean number = target.rank() == 0 && prediction.size() == 1;
        if (!number && !target.equals(prediction)) {
            throw new ShapeException(
                    metric + " cannot be judged",
                    "a target of 0 or 1 for each output, " + prediction,
                    target.toString(),
                    "give the metric Outputs.CLASS_LOGITS if the target is the index of a class, or give each output a"
                            + " target");
        }
    }

    private void checkClasses(Shape prediction, Shape target) {
        boolean fits = target.size() == 1 || target.size() == prediction.size();
        if (prediction.size() < 2 || !fits) {
            throw new ShapeException(
                    metric + " cannot be judged",
                    "two outputs or more, and a class index or one number for each output as the target",
                    "outputs " + prediction + " and targets " + target,
                    prediction.size() < 2
                            ? "give the metric Outputs.BINARY_LOGITS, or BINARY_PROBABILITIES after Sigmoid, for an"
                                    + " output that says yes or no"
                            : "let the last layer have one output for each class");
        }
    }

    void check(OutputKind kind) {
        if (outputs.areClasses()) {
            checkClasses(kind);
        } else if (kind == OutputKind.LOG_PROBABILITIES) {
            throw misread(
                    "log-probabilities belong to classes of which one is right, not to yes and no",
                    kind,
                    Outputs.CLASS_LOGITS);
        } else if (kind == OutputKind.PROBABILITIES && outputs.areLogits() && need != Need.ORDER) {
            throw misread(
                    "an output above 0 is taken for a yes, and probabilities are never below 0",
                    kind,
                    Outputs.BINARY_PROBABILITIES);
        }
    }

    private void checkClasses(OutputKind kind) {
        // the largest of logits, probabilities and log-probabilities is the same class
        if (need == Need.DECISION) {
            return;
        }
        if (kind == OutputKind.PROBABILITIES && outputs.areLogits()) {
            throw misread("the metric takes the softmax itself", kind, Outputs.CLASS_PROBABILITIES);
        }
        if (kind == OutputKind.LOG_PROBABILITIES && !outputs.areLogits()) {
            throw misread("log-probabilities are not probabilities", kind, Outputs.CLASS_LOGITS);
        }
    }

    private IllegalArgumentException misread(String why, OutputKind received, Outputs fix) {
        return new IllegalArgumentException(why + "\n  expected " + (outputs.areLogits() ? "logits" : "probabilities")
                + "\n  received "
                + (received == OutputKind.PROBABILITIES ? "probabilities" : "log-probabilities")
                + "\n  fix: give the metric Outputs." + fix);
    }

    void check(Loss loss) {
        Learns learns = Learns.by(loss);
        if (learns == Learns.CLASSES && !outputs.areClasses()) {
            throw misread(loss, "exactly one output is right", "Outputs.CLASS_LOGITS");
        }
        if (learns == Learns.YES_OR_NO && outputs.areClasses()) {
            throw misread(loss, "each output is a yes or no of its own", "Outputs.BINARY_LOGITS");
        }
        boolean anyScale = need == (outputs.areClasses() ? Need.DECISION : Need.ORDER);
        if (anyScale) {
            return;
        }
        if (learns == Learns.NUMBERS && outputs.areLogits()) {
            throw misread(
                    loss,
                    "outputs approach 0 and 1",
                    (outputs.areClasses() ? "Outputs.CLASS_PROBABILITIES" : "Outputs.BINARY_PROBABILITIES")
                            + ", or train with a cross-entropy");
        }
        if (learns == Learns.CLASSES && !outputs.areLogits()) {
            throw misread(loss, "outputs are logits or log-probabilities", "Outputs.CLASS_LOGITS");
        }
        if (learns == Learns.YES_OR_NO && !outputs.areLogits()) {
            throw misread(loss, "outputs are logits", "Outputs.BINARY_LOGITS");
        }
    }

    private IllegalArgumentException misread(Loss loss, String meaning, String fix) {
        return new IllegalArgumentException(
                "The metric " + metric + " reads outputs as " + outputs + ", and with " + loss
                        + " " + meaning + "\n  expected a loss with which outputs are " + outputs
                        + "\n  fix: give the metric " + fix);
    }
}
