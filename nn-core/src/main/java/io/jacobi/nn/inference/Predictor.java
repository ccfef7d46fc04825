package io.jacobi.nn.inference;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inference over a model's weights. Any number of threads may call one predictor at once: they share the weights and nothing
 * else, since each call borrows a workspace of its own from a pool, which makes one when it is empty. No call waits for another,
 * and each computes on the thread that calls it, whatever the environment says: BLAS has no threads of its own.
 *
 * <p>An example with a value that is NaN or infinite is refused like one of the wrong length, before anything is computed or written.
 * After {@link #warmUp} a call that writes into the caller's arrays allocates nothing, but for a few hundred bytes if these are
 * INDArrays.
 *
 * <p>{@link #replace} changes the weights while others predict: each call uses one snapshot from the first layer to the last.
 */
public final class Predictor implements AutoCloseable {

    /** Rows that are computed at once: more would need more memory and be no faster. */
    static final int MAX_BATCH = 256;

    /** More threads than there are processors may be inside a call at once; workspaces for one example are small. */
    private static final int SINGLES_KEPT = 64;

    private final Blueprint blueprint;
    private final DataType type;
    private final PredictorArguments arguments;
    private final ServedWeights served;
    private final WorkspacePool single;
    private final WorkspacePool many;

    /** Takes over the caller's hold of {@code weights}. */
    private Predictor(SharedWeights weights) {
        this.blueprint = weights.model().blueprint();
        this.type = weights.model().dataType();
        this.arguments = new PredictorArguments(blueprint.inputShape(), blueprint.outputShape(), type);
        int processors = Runtime.getRuntime().availableProcessors();
        this.served = new ServedWeights(weights);
        this.single = new WorkspacePool(served, 1, Math.max(SINGLES_KEPT, 2 * processors));
        this.many = new WorkspacePool(served, MAX_BATCH, 2 * processors);
    }

    /**
     * A predictor that computes with the model's own weights: if they are trained meanwhile, an answer may be made of old and new ones.
     * {@link #of(Snapshot)} serves while training goes on.
     */
    public static Predictor of(Sequential model) {
        return new Predictor(SharedWeights.borrowed(model));
    }

    /**
     * A predictor that serves the weights of a snapshot until they are {@linkplain #replace replaced}.
     *
     * @throws IllegalStateException if the snapshot is closed
     */
    public static Predictor of(Snapshot snapshot) {
        return new Predictor(snapshot.hold());
    }

    /**
     * The output for one example.
     *
     * @param example its values in 'c' order, as many as {@link Sequential#inputShape()} has elements
     * @return the output's values in 'c' order
     * @throws IllegalArgumentException if the number of values is wrong, or one is not finite
     * @throws IllegalStateException if the predictor is closed
     */
    public float[] predict(float[] example) {
        float[] output = new float[arguments.outputLength()];
        predict(example, output);
        return output;
    }

    /**
     * The same, written into {@code into}, which has as many elements as {@link Sequential#outputShape()}.
     *
     * @throws IllegalArgumentException if either length is wrong, or a value is not finite; nothing is written then
     */
    public void predict(float[] example, float[] into) {
        served.requireOpen();
        arguments.requireExample(example);
        arguments.requireRoom(into, 1);
        ServingWorkspace lent = single.borrow();
        try {
            Workspace w = lent.workspace();
            Vectors.set(w.scratch(), w.input(), 0, example);
            w.predict();
            Vectors.get(w.scratch(), w.output(), 0, into);
        } finally {
            single.giveBack(lent);
        }
    }

    /**
     * The outputs for many examples, one row each; see {@link #predict(float[])}.
     *
     * @throws IllegalArgumentException if an example cannot be taken; the message says which, and which of its elements
     */
    public float[][] predict(float[][] examples) {
        float[][] outputs = new float[examples.length][arguments.outputLength()];
        predict(examples, outputs);
        return outputs;
    }

    /** The same, written into the rows of {@code into}, of which there is one for each example. */
    public void predict(float[][] examples, float[][] into) {
        served.requireOpen();
        arguments.requireExamples(examples);
        arguments.requireRoom(into, examples.length);
        inBatches(examples.length, (w, first) -> {
            predict(w, examples, first);
            for (int i = 0; i < w.batch(); i++) {
                float[] output = into[first + i];
                Vectors.get(w.scratch(), w.output(), i * output.length, output);
            }
        });
    }

    /** The same, written one after the other into {@code into}. */
    public void predict(float[][] examples, float[] into) {
        served.requireOpen();
        arguments.requireExamples(examples);
        arguments.requireRoom(into, examples.length);
        int length = arguments.outputLength();
        inBatches(examples.length, (w, first) -> {
            predict(w, examples, first);
            Vectors.get(w.scratch(), w.output(), 0, into, first * length, w.batch() * length);
        });
    }

    private static void predict(Workspace w, float[][] examples, int first) {
        for (int i = 0; i < w.batch(); i++) {
            float[] example = examples[first + i];
            Vectors.set(w.scratch(), w.input(), i * example.length, example);
        }
        w.predict();
    }

    /**
     * The outputs for a batch of examples.
     *
     * @param examples {@code [n, input shape...]} or {@code [n, elements]}; any type, order or strides, and read in place if they are
     *     dense, in 'c' order and of the model's data type
     * @return {@code [n, output shape...]}, of the model's data type, the caller's to keep
     * @throws io.jacobi.nn.ShapeException if the examples are not of the model's input shape
     * @throws IllegalArgumentException if a value is not finite in the model's data type; the message says of which example
     */
    public INDArray predict(INDArray examples) {
        served.requireOpen();
        arguments.requireExamples(examples);
        INDArray outputs = Memory.array(type, blueprint.outputShape().withBatch(examples.size(0)));
        try {
            predict(examples, outputs);
            return outputs;
        } catch (RuntimeException e) {
            outputs.close();
            throw e;
        }
    }

    /**
     * The same, written into {@code into}: {@code [n, output shape...]} or {@code [n, elements]}, of the model's data type, dense, in
     * 'c' order, and not in the examples' memory.
     */
    public void predict(INDArray examples, INDArray into) {
        served.requireOpen();
        arguments.requireExamples(examples);
        arguments.requireRoom(into, examples.size(0));
        INDArray dense = Memory.dense(type, examples);
        try {
            predict(Math.toIntExact(examples.size(0)), Span.of(dense), Span.of(into));
        } finally {
            if (dense != examples) {
                dense.close();
            }
        }
    }

    private void predict(int n, Span examples, Span into) {
        inBatches(n, (w, first) -> {
            if (first == 0) {
                // all of them, before the first output is written
                arguments.requireFinite(w.scratch(), examples);
            }
            Span x = w.scratch().span(w.input());
            x.put(0, examples, first * (x.length() / w.batch()), x.length());
            w.predict();
            Span y = w.scratch().span(w.output());
            into.put(first * (y.length() / w.batch()), y, 0, y.length());
        });
    }

    /** What is done with a workspace for some of the examples, those from {@code first}. */
    @FunctionalInterface
    private interface Batch {
        void run(Workspace w, int first);
    }

    private void inBatches(int n, Batch batch) {
        ServingWorkspace lent = many.borrow();
        try {
            for (int first = 0; first < n; first += MAX_BATCH) {
                batch.run(lent.workspace().narrow(Math.min(MAX_BATCH, n - first)), first);
            }
        } finally {
            many.giveBack(lent);
        }
    }

    /**
     * Does what the first calls would have to wait for: makes a workspace of each size for every processor, writes to every page of them,
     * and predicts zeros until the just-in-time compiler has seen enough, single ones and batches of 256, for half a second each at most.
     * Answers are the same without it. Others may predict meanwhile.
     */
    public void warmUp() {
        single.fill();
        many.fill();
        float[] zeros = new float[Math.toIntExact(blueprint.inputShape().size())];
        float[] into = new float[arguments.outputLength()];
        WarmUp.repeat(10_000, () -> predict(zeros, into));
        float[][] rows = new float[MAX_BATCH][];
        float[][] outputs = new float[MAX_BATCH][];
        Arrays.fill(rows, zeros);
        Arrays.fill(outputs, into);
        WarmUp.repeat(200, () -> predict(rows, outputs));
    }

    /**
     * Serves these weights from now on. Calls that have begun end with the weights that they began with. The snapshot may be closed
     * afterwards: the predictor keeps what it serves.
     *
     * @throws IllegalArgumentException if it is of other layers, another input shape or another data type
     * @throws IllegalStateException if the snapshot or the predictor is closed
     */
    public void replace(Snapshot snapshot) {
        SharedWeights next = snapshot.hold();
        if (!isAlike(next.model())) {
            next.letGo();
            throw new IllegalArgumentException("the predictor cannot serve this snapshot"
                    + "\n  expects  " + blueprint.layers() + " on " + blueprint.inputShape() + " in " + type
                    + "\n  received " + next.model().layers() + " on "
                    + next.model().inputShape() + " in "
                    + next.model().dataType() + "\n  fix: make another predictor with Predictor.of(snapshot)");
        }
        if (!served.replace(next)) {
            next.letGo();
            throw ServedWeights.closed();
        }
        single.renew();
        many.renew();
    }

    private boolean isAlike(Sequential model) {
        return model.dataType() == type
                && model.inputShape().equals(blueprint.inputShape())
                && model.layers().equals(blueprint.layers());
    }

    /**
     * Frees the buffers. Safe while others predict: calls that have begun end as usual, and free theirs then; later ones throw
     * IllegalStateException. Closing again does nothing.
     */
    @Override
    public void close() {
        served.close();
        single.renew();
        many.renew();
    }

    /** How many workspaces it has made since the beginning. */
    int workspacesMade() {
        return single.made() + many.made();
    }
}
