package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A number that says how good predictions are, gathered batch by batch. Implementations are immutable. */
public interface Metric {

    /** The name in histories and reports, such as {@code accuracy}. */
    String name();

    /**
     * Checks that the metric can judge predictions of this shape by targets of this shape, each the shape of one example. Called before
     * training and evaluation start; accepts everything unless overridden.
     *
     * @throws io.jacobi.nn.ShapeException if the metric would misread them
     */
    default void check(Shape prediction, Shape target) {}

    /** Starts to count. */
    Accumulator start();

    /**
     * What has been counted so far. One thread at a time. Without a {@link #state} the epoch in which a run is resumed counts only the
     * batches after that.
     */
    interface Accumulator extends Resumable {

        /** Adds a batch: {@code prediction [batch, output...]}, {@code target [batch, target...]}. */
        void add(INDArray prediction, INDArray target, Scratch scratch);

        /** The metric over all batches added; NaN before the first. */
        double value();
    }
}
