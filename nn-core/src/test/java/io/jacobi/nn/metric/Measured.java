package io.jacobi.nn.metric;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.train.Metric;
import org.nd4j.linalg.api.buffer.DataType;

/** The value of a metric for one batch. */
final class Measured {

    private Measured() {}

    /** For outputs {@code [n, outputs]} and a class index or a number for each example. */
    static double of(Metric metric, int outputs, double[] y, double... t) {
        Metric.Accumulator sum = metric.start();
        sum.add(
                TestArrays.of(DataType.DOUBLE, y, y.length / outputs, outputs),
                t.length == y.length && outputs > 1
                        ? TestArrays.of(DataType.DOUBLE, t, t.length / outputs, outputs)
                        : TestArrays.vector(DataType.DOUBLE, t),
                new Scratch());
        return sum.value();
    }
}
