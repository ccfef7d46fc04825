package io.jacobi.nn.metric;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.train.Metric;

/** A metric of regression: outputs and targets are numbers in the same unit. */
interface NumberMetric extends Metric {

    /**
     * Accepts a target for each output; a single output may also have a plain number as its target.
     *
     * @throws ShapeException otherwise
     */
    @Override
    default void check(Shape prediction, Shape target) {
        boolean number = target.rank() == 0 && prediction.size() == 1;
        if (!number && !target.equals(prediction)) {
            throw new ShapeException(
                    name() + " cannot be judged",
                    "a number for each output, " + prediction,
                    target.toString(),
                    "give each output a target; for classes use Accuracy, F1 or LogLoss");
        }
    }

    /**
     * Refuses log-probabilities.
     *
     * @throws IllegalArgumentException if the model ends with them
     */
    @Override
    default void check(OutputKind output) {
        if (output == OutputKind.LOG_PROBABILITIES) {
            throw new IllegalArgumentException("log-probabilities have no unit in common with targets"
                    + "\n  expected numbers in the unit of the targets\n  received log-probabilities"
                    + "\n  fix: for classes use Accuracy, F1 or LogLoss");
        }
    }

    /**
     * Refuses a loss of Jacobi's with which outputs are scores of classes or of answers.
     *
     * @throws IllegalArgumentException if the model learns with one
     */
    @Override
    default void check(Loss loss) {
        Learns learns = Learns.by(loss);
        if (learns == Learns.CLASSES || learns == Learns.YES_OR_NO) {
            throw new IllegalArgumentException("The metric " + name()
                    + " takes outputs for numbers in the unit of the targets, and with " + loss + " outputs are scores"
                    + "\n  expected a loss of regression, such as MeanSquaredError"
                    + "\n  fix: for classes use Accuracy, F1 or LogLoss");
        }
    }
}
