package io.jacobi.nn;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inference over a model's weights. Any number of threads may call one predictor at once: they share the weights and nothing
 * else, since each call borrows a workspace of its own from a pool, which makes one when it is empty. No call waits for another.
 */
public final class Predictor implements AutoCloseable {

    /** Rows that are computed at once: more would need more memory and be no faster. */
    private static final int MAX_BATCH = 256;

    private final Sequential model;
    private final WorkspacePool single;
    private final WorkspacePool many;
    private volatile boolean closed;

    Predictor(Sequential model) {
        int kept = 2 * Runtime.getRuntime().availableProcessors();
        this.model = model;
        this.single = new WorkspacePool(model, 1, kept);
        this.many = new WorkspacePool(model, MAX_BATCH, kept);
    }

    /**
     * The output for one example.
     *
     * @param example its values in 'c' order, as many as {@link Sequential#inputShape()} has elements
     * @return the output's values in 'c' order
     * @throws IllegalArgumentException if the number of values is wrong
     * @throws IllegalStateException if the predictor is closed
     */
    public float[] predict(float[] example) {
        requireOpen();
        requireLength(example);
        float[] output = new float[outputLength()];
        Workspace w = single.borrow();
        try {
            Vectors.set(w.scratch(), w.input(), 0, example);
            w.predict();
            Vectors.get(w.scratch(), w.output(), 0, output);
        } finally {
            single.giveBack(w);
        }
        return output;
    }

    /** The outputs for many examples, one row each; see {@link #predict(float[])}. */
    public float[][] predict(float[][] examples) {
        requireOpen();
        for (float[] example : examples) {
            requireLength(example);
        }
        float[][] outputs = new float[examples.length][outputLength()];
        Workspace whole = many.borrow();
        try {
            for (int first = 0; first < examples.length; first += MAX_BATCH) {
                Workspace w = whole.narrow(Math.min(MAX_BATCH, examples.length - first));
                for (int i = 0; i < w.batch(); i++) {
                    float[] example = examples[first + i];
                    Vectors.set(w.scratch(), w.input(), i * example.length, example);
                }
                w.predict();
                for (int i = 0; i < w.batch(); i++) {
                    float[] output = outputs[first + i];
                    Vectors.get(w.scratch(), w.output(), i * output.length, output);
                }
            }
        } finally {
            many.giveBack(whole);
        }
        return outputs;
    }

    /**
     * The outputs for a batch of examples.
     *
     * @param examples {@code [n, input shape...]} or {@code [n, elements]}; any type, order or strides
     * @return {@code [n, output shape...]}, of the model's data type, the caller's to keep
     * @throws ShapeException if the examples are not of the model's input shape
     */
    public INDArray predict(INDArray examples) {
        requireOpen();
        if (!model.inputShape().isRowOf(examples.shape())) {
            throw new ShapeException(
                    "the predictor cannot take these examples",
                    "[n" + ", " + model.inputShape().toString().substring(1),
                    Arrays.toString(examples.shape()),
                    "give each example the shape " + model.inputShape());
        }
        long n = examples.size(0);
        INDArray dense = examples.castTo(model.dataType()).dup('c');
        INDArray outputs = Memory.array(model.dataType(), model.outputShape().withBatch(n));
        Workspace whole = many.borrow();
        try {
            for (int first = 0; first < n; first += MAX_BATCH) {
                Workspace w = whole.narrow((int) Math.min(MAX_BATCH, n - first));
                Vectors.copy(
                        dense,
                        first * model.inputShape().size(),
                        w.input(),
                        0,
                        w.input().length());
                w.predict();
                Vectors.copy(
                        w.output(),
                        0,
                        outputs,
                        first * model.outputShape().size(),
                        w.output().length());
            }
        } finally {
            many.giveBack(whole);
            dense.close();
        }
        return outputs;
    }

    /** Frees the buffers that are not in use; those in use are freed when their call ends. Later calls throw. */
    @Override
    public void close() {
        closed = true;
        single.close();
        many.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the predictor is closed\n  fix: make another with model.predictor()");
        }
    }

    private void requireLength(float[] example) {
        if (example.length != model.inputShape().size()) {
            throw new ShapeException(
                    "the predictor cannot take this example",
                    model.inputShape().size() + " values, " + model.inputShape() + " in 'c' order",
                    example.length + " values",
                    "give each example the model's input shape");
        }
    }

    private int outputLength() {
        return Math.toIntExact(model.outputShape().size());
    }
}
