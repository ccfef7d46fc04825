package io.jacobi.nn.train;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A number that says how good predictions are, gathered batch by batch. Implementations are immutable. */
public interface Metric {

    /** The name in histories and reports, such as {@code accuracy}. */
    String name();

    /**
     * Checks that the metric can judge predictions of this shape by targets of this shape, each the shape of one
     * example. Called before training and evaluation start; accepts everything unless overridden.
     *
     * @throws io.jacobi.nn.ShapeException if the metric would misread them
     */
    default void check(Shape prediction, Shape target) {}

    /**
     * Checks that the metric does not misread the model's output, such as logits for probabilities. Called together
     * with {@link #check(Shape, Shape)}; accepts everything unless overridden.
     *
     * @throws IllegalArgumentException if it would; the message says why, and how to fix it
     */
    default void check(OutputKind output) {}

    /**
     * Checks that the metric does not misread outputs that the model learns by this loss, such as logits for
     * probabilities. Called together with {@link #check(Shape, Shape)}; accepts everything unless overridden.
     *
     * @throws IllegalArgumentException if it would; the message says why, and how to fix it
     */
    default void check(Loss loss) {}

    /** Returns an accumulator that has seen no batch. */
    Accumulator start();

    /**
     * The counts of a metric so far. It is used by one thread at a time. If it has no {@link #state}, a run that is
     * resumed within an epoch counts only the rest of that epoch.
     */
    interface Accumulator extends Resumable {

        /**
         * Adds a batch: {@code prediction [batch, output...]}, {@code target [batch, target...]}. Examples of weight 0
         * and of a class that the loss ignores are not among them.
         *
         * @throws io.jacobi.nn.loss.ExampleException if an example cannot be judged
         */
        void add(INDArray prediction, INDArray target, Scratch scratch);

        /** The metric over all batches added; NaN before the first. */
        double value();
    }
}
