package io.jacobi.nn.metric;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.train.Metric;

/** A metric of a classifier, whose outputs are read in one of the ways of {@link Outputs}. */
interface OutputMetric extends Metric {

    /** How the outputs are read. */
    Outputs outputs();

    /** What the metric needs to know. */
    Need need();

    /**
     * Checks that there are two classes or more and a class index or a row of numbers as the target, or a target for
     * each binary output.
     *
     * @throws io.jacobi.nn.ShapeException if not
     */
    @Override
    default void check(Shape prediction, Shape target) {
        OutputChecks.of(this).check(prediction, target);
    }

    /**
     * Refuses probabilities where logits are expected, and log-probabilities where they would be misread.
     *
     * @throws IllegalArgumentException if the model ends with them
     */
    @Override
    default void check(OutputKind output) {
        OutputChecks.of(this).check(output);
    }

    /**
     * Refuses a loss of Jacobi's that gives the outputs another meaning.
     *
     * @throws IllegalArgumentException if it does
     */
    @Override
    default void check(Loss loss) {
        OutputChecks.of(this).check(loss);
    }
}
