package io.jacobi.nn.model;

import io.jacobi.nn.Pass;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.MemoryPlan.Use;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All buffers for one model and one batch size: the output of every layer, and for training their gradients, what layers save
 * from forward to backward, and the flat gradient of the weights. Everything is allocated here, once; a step allocates nothing
 * native.
 *
 * <pre>{@code
 * try (Workspace w = Workspace.forTraining(model, 64)) {
 *     // write examples to w.input()
 *     w.forward(step, 0);
 *     // write the gradient of the loss at w.output() to w.outputGradient()
 *     w.clearGradients();
 *     w.backward();
 *     // w.gradients() has the layout of model.weights()
 * }
 * }</pre>
 *
 * <p>One thread at a time; many workspaces may share one model.
 */
public final class Workspace implements AutoCloseable {

    private final Buffers buffers;
    private final int batch;
    private final BoundChain passes;
    private @Nullable Workspace[] narrowed = {};
    private boolean training;
    private long step;
    private int firstExample;

    private Workspace(Buffers buffers, int batch) {
        this.buffers = buffers;
        this.batch = batch;
        this.passes = buffers.bind(this);
    }

    /** Buffers for forward and backward; layers before the first parameter get no input gradient. */
    public static Workspace forTraining(Sequential model, int batch) {
        return create(model, batch, Use.TRAIN);
    }

    /** Buffers for forward only: {@link #backward} throws. */
    public static Workspace forInference(Sequential model, int batch) {
        return create(model, batch, Use.PREDICT);
    }

    /** As for training, and with the gradient of the model's input: for gradient checks and saliency. */
    public static Workspace withInputGradient(Sequential model, int batch) {
        return create(model, batch, Use.DIFFERENTIATE);
    }

    private static Workspace create(Sequential model, int batch, Use use) {
        if (batch < 1) {
            throw new IllegalArgumentException("A workspace holds at least one example; received a batch of " + batch);
        }
        return new Workspace(Buffers.allocate(model, batch, use), batch);
    }

    /**
     * This workspace for fewer examples: a view of the same memory, made once for each size and then remembered. What is in one
     * is overwritten by the other.
     *
     * @throws IllegalArgumentException if it would have no example or more than this one
     */
    public Workspace narrow(int examples) {
        buffers.requireOpen();
        if (examples == batch) {
            return this;
        }
        if (examples < 1 || examples > batch) {
            throw new IllegalArgumentException("A workspace of " + batch + " examples cannot be narrowed to " + examples
                    + "; expected 1 to " + batch);
        }
        if (narrowed.length == 0) {
            narrowed = new @Nullable Workspace[batch];
        }
        Workspace known = narrowed[examples];
        if (known == null) {
            known = new Workspace(buffers, examples);
            narrowed[examples] = known;
        }
        return known;
    }

    /**
     * Moves the memory to a model of the same layers, without allocating. This workspace and the workspaces narrowed from it are closed
     * afterwards.
     *
     * @return the workspace over {@code other}
     */
    public Workspace over(Sequential other) {
        Workspace moved = new Workspace(buffers.over(other), batch);
        buffers.handedOver();
        return moved;
    }

    /** The number of examples. */
    public int batch() {
        return batch;
    }

    /** The model that these buffers are for. */
    public Sequential model() {
        return buffers.model();
    }

    /** Write the examples here: {@code [batch, input shape...]}. */
    public INDArray input() {
        return open().x();
    }

    /** The output of the last layer, {@code [batch, output shape...]}; overwritten by the next forward pass. */
    public INDArray output() {
        return open().y();
    }

    /** Write the gradient of the loss here, before {@link #backward}. */
    public INDArray outputGradient() {
        return open().dy();
    }

    /** The gradient with respect to {@link #input()}; only {@link #withInputGradient} has it. */
    public INDArray inputGradient() {
        return open().dx();
    }

    /** The gradient of the weights, in the layout of {@link Sequential#weights()}. Backward adds to it. */
    public INDArray gradients() {
        return buffers.gradients();
    }

    /** The heap tiles and known arrays of this workspace. */
    public Scratch scratch() {
        return buffers.scratch();
    }

    /** What layer {@code index} sees. */
    public Pass pass(int index) {
        return open().passes().get(index);
    }

    /** Sets {@link #gradients()} to zero. */
    public void clearGradients() {
        if (buffers.model().parameterCount() > 0) {
            Vectors.fill(scratch(), gradients(), 0);
        }
    }

    /** Computes the output as in prediction: dropout is off, statistics are the stored ones. */
    public void predict() {
        run(false, 0, 0);
    }

    /**
     * Computes the output as in training.
     *
     * @param step the number of the optimizer step, from 0: what is random in a layer is a function of it
     * @param firstExample the position of this workspace's first example in the whole batch; 0 unless the batch is split
     */
    public void forward(long step, int firstExample) {
        run(true, step, firstExample);
    }

    private void run(boolean training, long step, int firstExample) {
        buffers.requireOpen();
        this.training = training;
        this.step = step;
        this.firstExample = firstExample;
        LayerClock clock = buffers.clock();
        if (clock == null) {
            passes.forward();
        } else {
            clock.forward(passes);
        }
    }

    /**
     * From {@link #outputGradient()}, adds to {@link #gradients()}; overwrites the gradient of every layer's input. What is
     * differentiated is the pass before it, {@link #forward} or {@link #predict}; that may be done more than once, with other
     * gradients of the output.
     */
    public void backward() {
        buffers.requireGradients();
        LayerClock clock = buffers.clock();
        if (clock == null) {
            passes.backward();
        } else {
            clock.backward(passes);
        }
    }

    /** From now on the time of every layer is taken, in this workspace and those narrowed from it. */
    public void time(LayerClock clock) {
        buffers.clock(clock);
    }

    /**
     * Sets every buffer but {@link #gradients()} to one value. A check fills with NaN before it runs a layer: what the layer reads
     * without having written it, or fails to write, shows.
     */
    public void fill(double value) {
        buffers.fill(value);
    }

    /** The first layer whose output has a NaN or an infinity, if any. */
    public OptionalInt firstNonFiniteLayer() {
        buffers.requireOpen();
        for (int i = 0; i < passes.passes().size(); i++) {
            if (!Vectors.isFinite(scratch(), pass(i).y())) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Native memory of this workspace, in bytes. */
    public long bytes() {
        return buffers.bytes();
    }

    /** Frees the memory. Using the workspace, or one that was narrowed from it, throws afterwards. */
    @Override
    public void close() {
        buffers.close();
    }

    /** Native memory for each example of a batch, in bytes, to train or to predict; the weights and their gradients not included. */
    public static long bytesPerExample(Sequential model, boolean training) {
        MemoryPlan plan = new MemoryPlan(model.blueprint(), training ? Use.TRAIN : Use.PREDICT);
        return plan.perExample() * model.dataType().width();
    }

    boolean isTraining() {
        return training;
    }

    long step() {
        return step;
    }

    int firstExample() {
        return firstExample;
    }

    /** The arrays of freed memory look like any others, and using them would write into somebody else's. */
    private BoundChain open() {
        buffers.requireOpen();
        return passes;
    }
}
