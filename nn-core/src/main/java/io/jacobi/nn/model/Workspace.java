package io.jacobi.nn.model;

import io.jacobi.nn.Pass;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.MemoryPlan.Use;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All buffers for one model and one batch size: the output of every layer, and for training also the gradients of the
 * outputs, the arrays that layers save from forward to backward, and the flat gradient of the weights. Everything is
 * allocated here, once; a step allocates nothing native.
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
 * <p>A workspace belongs to one thread at a time: a pass while another one is in progress throws IllegalStateException.
 * Many workspaces may share one model.
 */
public final class Workspace implements AutoCloseable {

    private final Buffers buffers;
    private final StepContext context;
    private final BoundChain passes;
    private @Nullable Workspace[] narrowed = {};

    private Workspace(Buffers buffers, int batch) {
        this.buffers = buffers;
        this.context = new StepContext(buffers, batch);
        this.passes = buffers.bind(context);
    }

    /** Allocates buffers for forward and backward. Layers up to the first one with parameters get no input gradient. */
    public static Workspace forTraining(Sequential model, int batch) {
        return create(model, batch, Use.TRAIN);
    }

    /** Allocates buffers for forward only: {@link #backward} throws. */
    public static Workspace forInference(Sequential model, int batch) {
        return create(model, batch, Use.PREDICT);
    }

    /**
     * Allocates buffers for training that include the gradient of the model's input: for gradient checks and saliency.
     */
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
     * Returns this workspace for fewer examples: a view of the same memory, which is made once for each size and kept.
     * A pass in one of them overwrites the contents of the other.
     *
     * @throws IllegalArgumentException if it would have no example or more than this one
     */
    public Workspace narrow(int examples) {
        buffers.requireOpen();
        if (examples == batch()) {
            return this;
        }
        if (examples < 1 || examples > batch()) {
            throw new IllegalArgumentException("A workspace of " + batch() + " examples cannot be narrowed to "
                    + examples + "; expected 1 to " + batch());
        }
        if (narrowed.length == 0) {
            narrowed = new @Nullable Workspace[batch()];
        }
        Workspace known = narrowed[examples];
        if (known == null) {
            known = new Workspace(buffers, examples);
            narrowed[examples] = known;
        }
        return known;
    }

    /**
     * Moves the memory to a model of the same layers, without allocating. This workspace and the workspaces narrowed
     * from it are closed afterwards.
     *
     * @return the workspace over {@code other}
     */
    public Workspace over(Sequential other) {
        Workspace moved = new Workspace(buffers.over(other), batch());
        buffers.handedOver();
        return moved;
    }

    /** The number of examples. */
    public int batch() {
        return context.batch();
    }

    /** The model that these buffers are for. */
    public Sequential model() {
        return buffers.model();
    }

    /** The input, {@code [batch, input shape...]}; the caller writes the examples here. */
    public INDArray input() {
        return open().x();
    }

    /** The output of the last layer, {@code [batch, output shape...]}; overwritten by the next forward pass. */
    public INDArray output() {
        return open().y();
    }

    /** The gradient of the loss with respect to {@link #output()}; the caller writes it before {@link #backward}. */
    public INDArray outputGradient() {
        return open().dy();
    }

    /** The gradient with respect to {@link #input()}; only a workspace made by {@link #withInputGradient} has it. */
    public INDArray inputGradient() {
        return open().dx();
    }

    /** The gradient of the weights, in the layout of {@link Sequential#weights()}. Backward adds to it. */
    public INDArray gradients() {
        return buffers.gradients();
    }

    /** The heap tiles of this workspace. */
    public Scratch scratch() {
        return buffers.scratch();
    }

    /** The pass of layer {@code index}. */
    public Pass pass(int index) {
        return open().passes().get(index);
    }

    /** Sets {@link #gradients()} to zero. */
    public void clearGradients() {
        if (buffers.model().parameterCount() > 0) {
            Vectors.fill(scratch(), gradients(), 0);
        }
    }

    /** Computes the output as in prediction: dropout is off, and normalizations use their stored statistics. */
    public void predict() {
        run(false, 0, 0);
    }

    /**
     * Computes the output as in training.
     *
     * @param step the number of the optimizer step, from 0; everything random in a layer is a function of it
     * @param firstExample the position of this workspace's first example in the whole batch; 0 unless the batch is
     *     split
     */
    public void forward(long step, int firstExample) {
        run(true, step, firstExample);
    }

    private void run(boolean training, long step, int firstExample) {
        buffers.enter("forward pass");
        try {
            context.begin(training, step, firstExample);
            LayerClock clock = buffers.clock();
            if (clock == null) {
                passes.forward();
            } else {
                clock.forward(passes);
            }
        } finally {
            buffers.exit();
        }
    }

    /**
     * From {@link #outputGradient()}, adds to {@link #gradients()} and overwrites the gradient of every layer's input.
     * It differentiates the last pass, {@link #forward} or {@link #predict}, and may be called again with another
     * gradient of the output.
     */
    public void backward() {
        buffers.requireGradients();
        buffers.enter("backward pass");
        try {
            LayerClock clock = buffers.clock();
            if (clock == null) {
                passes.backward();
            } else {
                clock.backward(passes);
            }
        } finally {
            buffers.exit();
        }
    }

    /** Starts to measure the time of every layer, in this workspace and the workspaces narrowed from it. */
    public void time(LayerClock clock) {
        buffers.clock(clock);
    }

    /**
     * Sets every buffer except {@link #gradients()} to one value. A check fills with NaN before it runs a layer, so
     * that a layer that reads or leaves an unwritten element is found.
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

    /** The native memory of this workspace, in bytes. */
    public long bytes() {
        return buffers.bytes();
    }

    /**
     * Frees the memory, after the pass that another thread may be in. Afterwards this workspace and the workspaces
     * narrowed from it throw when they are used.
     */
    @Override
    public void close() {
        buffers.close();
    }

    /**
     * The native memory for each example of a batch, in bytes, to train or to predict, without the weights and their
     * gradients.
     */
    public static long bytesPerExample(Sequential model, boolean training) {
        MemoryPlan plan = new MemoryPlan(model.blueprint(), training ? Use.TRAIN : Use.PREDICT);
        return plan.perExample() * model.dataType().width();
    }

    /**
     * The passes, unless their memory is freed: an array of freed memory looks valid, and a write to it reaches other
     * data.
     */
    private BoundChain open() {
        buffers.requireOpen();
        return passes;
    }
}
