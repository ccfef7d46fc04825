package io.jacobi.nn.model;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.MemoryPlan.Use;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of a workspace and of the workspaces narrowed from it. */
final class Buffers {

    private final Sequential model;
    private final int capacity;
    private final Use use;
    private final MemoryPlan plan;
    private final Scratch scratch = new Scratch();
    private final INDArray slab;
    private final INDArray gradients;
    private final Sequential.Hold held;
    private final ExclusiveUse exclusive;
    private @Nullable LayerClock clock;
    /** Whether the memory belongs to other buffers now. */
    private boolean handedOver;

    private Buffers(Sequential model, int capacity, Use use, MemoryPlan plan, INDArray slab, INDArray gradients) {
        this.model = model;
        this.capacity = capacity;
        this.use = use;
        this.plan = plan;
        this.slab = slab;
        this.gradients = gradients;
        this.held = model.hold();
        this.exclusive = new ExclusiveUse("the workspace", this::free);
    }

    /** Allocates buffers with room for {@code capacity} examples. */
    static Buffers allocate(Sequential model, int capacity, Use use) {
        model.requireOpen();
        MemoryPlan plan = new MemoryPlan(model.blueprint(), use);
        return new Buffers(
                model,
                capacity,
                use,
                plan,
                Memory.vector(model.dataType(), plan.elements(capacity)),
                Memory.vector(model.dataType(), use == Use.PREDICT ? 0 : model.parameterCount()));
    }

    /** Returns buffers in this memory for another model of the same layers; {@link #handedOver} must follow. */
    Buffers over(Sequential other) {
        requireOpen();
        return new Buffers(other, capacity, use, plan, slab, gradients);
    }

    /** Closes these buffers without freeing their memory. */
    void handedOver() {
        handedOver = true;
        exclusive.close();
    }

    /** Makes the passes for a batch of at most the capacity. */
    BoundChain bind(StepContext context) {
        return new Binding(context, model, slab, gradients, capacity).chain(plan.layers());
    }

    Sequential model() {
        requireOpen();
        return model;
    }

    Scratch scratch() {
        requireOpen();
        return scratch;
    }

    void clock(LayerClock layers) {
        clock = layers;
        scratch().meter(layers.meter());
    }

    @Nullable
    LayerClock clock() {
        return clock;
    }

    INDArray gradients() {
        requireGradients();
        return gradients;
    }

    long bytes() {
        return (slab.length() + gradients.length()) * model.dataType().width();
    }

    void fill(double value) {
        requireOpen();
        Vectors.fill(scratch, slab, value);
    }

    void requireGradients() {
        requireOpen();
        if (use == Use.PREDICT) {
            throw new IllegalStateException("a workspace for inference has no gradients; use Workspace.forTraining");
        }
    }

    void requireOpen() {
        exclusive.requireOpen();
    }

    /**
     * Begins a pass, in which no other thread uses the memory; {@link #exit} must follow.
     *
     * @throws IllegalStateException if the workspace or the model is closed, or another thread is in a pass
     */
    void enter(String pass) {
        model.requireOpen();
        exclusive.enter(pass);
    }

    void exit() {
        exclusive.exit();
    }

    void close() {
        exclusive.close();
    }

    private void free() {
        held.close();
        if (!handedOver) {
            slab.close();
            if (!gradients.isEmpty()) {
                gradients.close();
            }
        }
    }
}
