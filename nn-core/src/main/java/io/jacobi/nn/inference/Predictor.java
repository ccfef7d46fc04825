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
 * Inference over a model's weights. Any number of threads may call one predictor at the same time: they share only the
 * weights. Each call borrows a workspace from a pool, which makes a new one when it is empty. No call waits for
 * another. Each computes on the thread that calls it, whatever the environment says, because BLAS has no threads of its
 * own.
 *
 * <p>An example with a NaN or an infinity is refused like an example of the wrong length, before anything is computed
 * or written. After {@link #warmUp}, a call that writes into the caller's arrays allocates nothing, except a few
 * hundred bytes if these are INDArrays.
 *
 * <p>{@link #replace} changes the weights while other threads predict: each call uses one snapshot from the first layer
 * to the last.
 */
public final class Predictor implements AutoCloseable {

    private final Blueprint blueprint;
    private final DataType type;
    private final PredictorArguments arguments;
    private final Workspaces workspaces;

    /** Takes over the caller's hold of {@code weights}. */
    private Predictor(SharedWeights weights) {
        this.blueprint = weights.model().blueprint();
        this.type = weights.model().dataType();
        this.arguments = new PredictorArguments(blueprint.inputShape(), blueprint.outputShape(), type);
        this.workspaces = new Workspaces(weights);
    }

    /**
     * Returns a predictor that computes with the model's own weights. If these are trained meanwhile, a prediction may
     * mix old and new ones; {@link #of(Snapshot)} serves while training goes on. The model may be closed afterwards,
     * because the predictor keeps the weights that it serves.
     *
     * @throws IllegalStateException if the model is closed
     */
    public static Predictor of(Sequential model) {
        return new Predictor(new SharedWeights(model.share()));
    }

    /**
     * Returns a predictor that serves the weights of a snapshot until they are {@linkplain #replace replaced}.
     *
     * @throws IllegalStateException if the snapshot is closed
     */
    public static Predictor of(Snapshot snapshot) {
        return new Predictor(snapshot.hold());
    }

    /**
     * Returns the output for one example.
     *
     * @param example its values in 'c' order, one for each element of {@link Sequential#inputShape()}
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
     * Writes the output for one example into {@code into}, which has one element for each of
     * {@link Sequential#outputShape()}.
     *
     * @throws IllegalArgumentException if either length is wrong, or a value is not finite; nothing is written then
     */
    public void predict(float[] example, float[] into) {
        workspaces.requireOpen();
        arguments.requireExample(example);
        arguments.requireRoom(into, 1);
        ServingWorkspace lent = workspaces.borrowSingle();
        try {
            Workspace w = lent.workspace();
            Vectors.set(w.scratch(), w.input(), 0, example);
            w.predict();
            Vectors.get(w.scratch(), w.output(), 0, into);
        } finally {
            workspaces.giveBackSingle(lent);
        }
    }

    /**
     * Returns the outputs for many examples, one row each; see {@link #predict(float[])}.
     *
     * @throws IllegalArgumentException if an example is refused; the message names it, and the element
     */
    public float[][] predict(float[][] examples) {
        float[][] outputs = new float[examples.length][arguments.outputLength()];
        predict(examples, outputs);
        return outputs;
    }

    /** Writes the outputs for many examples into the rows of {@code into}, one for each example. */
    public void predict(float[][] examples, float[][] into) {
        workspaces.requireOpen();
        arguments.requireExamples(examples);
        arguments.requireRoom(into, examples.length);
        workspaces.inBatches(examples.length, (w, first) -> {
            predict(w, examples, first);
            for (int i = 0; i < w.batch(); i++) {
                float[] output = into[first + i];
                Vectors.get(w.scratch(), w.output(), i * output.length, output);
            }
        });
    }

    /** Writes the outputs for many examples one after the other into {@code into}. */
    public void predict(float[][] examples, float[] into) {
        workspaces.requireOpen();
        arguments.requireExamples(examples);
        arguments.requireRoom(into, examples.length);
        int length = arguments.outputLength();
        workspaces.inBatches(examples.length, (w, first) -> {
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
     * Returns the outputs for a batch of examples.
     *
     * @param examples {@code [n, input shape...]} or {@code [n, elements]}, of any type, order or strides; they are
     *     read in place if they are dense, in 'c' order and of the model's data type
     * @return {@code [n, output shape...]}, of the model's data type; the caller owns it
     * @throws io.jacobi.nn.ShapeException if the examples do not have the model's input shape
     * @throws IllegalArgumentException if a value is not finite in the model's data type; the message names the example
     */
    public INDArray predict(INDArray examples) {
        workspaces.requireOpen();
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
     * Writes the outputs for a batch of examples into {@code into}: {@code [n, output shape...]} or
     * {@code [n, elements]}, of the model's data type, dense, in 'c' order, and not in the memory of the examples.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not have the model's input shape
     * @throws IllegalArgumentException if {@code into} does not fit or shares memory with the examples, or a value is
     *     not finite in the model's data type
     */
    public void predict(INDArray examples, INDArray into) {
        workspaces.requireOpen();
        arguments.requireExamples(examples);
        arguments.requireRoom(into, examples.size(0));
        PredictorArguments.requireApart(examples, into);
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
        workspaces.inBatches(n, (w, first) -> {
            if (first == 0) {
                // checks all examples before the first output is written
                arguments.requireFinite(w.scratch(), examples);
            }
            Span x = w.scratch().span(w.input());
            x.put(0, examples, first * (x.length() / w.batch()), x.length());
            w.predict();
            Span y = w.scratch().span(w.output());
            into.put(first * (y.length() / w.batch()), y, 0, y.length());
        });
    }

    /**
     * Does the work that the first calls would wait for. Makes a workspace of each size for every processor, writes to
     * every page of them, and predicts zeros until the just-in-time compiler has compiled the code: single examples and
     * batches of 256, for at most half a second each. Predictions do not depend on it. Other threads may predict
     * meanwhile.
     */
    public void warmUp() {
        workspaces.fill();
        float[] zeros = new float[Math.toIntExact(blueprint.inputShape().size())];
        float[] into = new float[arguments.outputLength()];
        WarmUp.repeat(10_000, () -> predict(zeros, into));
        float[][] rows = new float[Workspaces.MAX_BATCH][];
        float[][] outputs = new float[Workspaces.MAX_BATCH][];
        Arrays.fill(rows, zeros);
        Arrays.fill(outputs, into);
        WarmUp.repeat(200, () -> predict(rows, outputs));
    }

    /**
     * Serves the weights of this snapshot from now on. Calls in progress end with the weights that they began with. The
     * snapshot may be closed afterwards, because the predictor keeps the weights that it serves.
     *
     * @throws IllegalArgumentException if the snapshot has other layers, another input shape or another data type
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
        if (!workspaces.replace(next)) {
            next.letGo();
            throw ServedWeights.closed();
        }
    }

    private boolean isAlike(Sequential model) {
        return model.dataType() == type
                && model.inputShape().equals(blueprint.inputShape())
                && model.layers().equals(blueprint.layers());
    }

    /**
     * Frees the buffers, and lets go of the weights. Other threads may predict meanwhile: calls in progress end as
     * usual and then free theirs, and later calls throw IllegalStateException. Closing a closed predictor has no
     * effect.
     */
    @Override
    public void close() {
        workspaces.close();
    }

    /** The layers and the shapes of the model. */
    Blueprint blueprint() {
        return blueprint;
    }

    /** The number of workspaces made so far. */
    int workspacesMade() {
        return workspaces.made();
    }
}
