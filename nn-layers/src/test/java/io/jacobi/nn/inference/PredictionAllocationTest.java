package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.model.Sequential;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How many bytes of heap a prediction into the caller's arrays costs: counted, not timed. */
class PredictionAllocationTest {

    private static final int CALLS = 500;
    private static final int ROWS = 37;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Sequential mlp() {
        return Sequential.input(Shape.of(784))
                .add(new Affine(128))
                .add(new Relu())
                .add(new Affine(10))
                .build(DataType.FLOAT, 1);
    }

    private static Sequential cnn() {
        return Sequential.input(Shape.of(1, 12, 12))
                .add(new Conv2d(4, 3))
                .add(new BatchNorm())
                .add(new Relu())
                .add(new MaxPool2d(2))
                .add(new Flatten())
                .add(new Affine(10))
                .add(new Softmax())
                .build(DataType.FLOAT, 1);
    }

    /**
     * The fewest bytes that a call takes once it is warm. Not the mean: the compiler may replace a method at any time, and the calls in
     * between take a few bytes more.
     */
    private static long bytesOf(Runnable call) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < 2 * CALLS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call.run();
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }

    /** The bytes of a call with one array of floats, with rows into rows, with rows into one array, and with INDArrays. */
    private static long[] bytesOfCalls(Sequential model) {
        int elements = Math.toIntExact(model.inputShape().size());
        float[][] rows = new float[ROWS][elements];
        float[][] outputs = new float[ROWS][10];
        float[] flat = new float[ROWS * 10];
        INDArray examples = Nd4j.create(DataType.FLOAT, ROWS, elements);
        INDArray into = Nd4j.create(DataType.FLOAT, ROWS, 10);
        try (Predictor p = Predictor.of(model)) {
            p.warmUp();
            return new long[] {
                bytesOf(() -> p.predict(rows[0], outputs[0])),
                bytesOf(() -> p.predict(rows, outputs)),
                bytesOf(() -> p.predict(rows, flat)),
                bytesOf(() -> p.predict(examples, into))
            };
        }
    }

    @Test
    void isNoneForArraysOfFloatsAndLittleForINDArrays() {
        long[] bytes = bytesOfCalls(mlp());

        assertThat(bytes[0]).as("one example").isZero();
        assertThat(bytes[1])
                .as("rows into rows: what is done with a batch is an object")
                .isLessThanOrEqualTo(64);
        assertThat(bytes[2]).as("rows into one array").isLessThanOrEqualTo(64);
        assertThat(bytes[3])
                .as("INDArrays: how to reach the memory of two of them")
                .isLessThan(1024);
    }

    @Test
    void isBelowAKibibyteForAConvolutionalNetworkThatKeepsNothingBetweenCalls() {
        long[] bytes = bytesOfCalls(cnn());

        assertThat(bytes[0]).as("one example").isLessThan(1024);
        assertThat(bytes[1]).as("rows into rows").isLessThan(1024);
        assertThat(bytes[2]).as("rows into one array").isLessThan(1024);
        assertThat(bytes[3] / ROWS).as("INDArrays, for each example").isLessThan(1024);
    }
}
