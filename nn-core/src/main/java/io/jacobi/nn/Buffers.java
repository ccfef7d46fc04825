package io.jacobi.nn;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory behind a workspace and those narrowed from it. */
final class Buffers {

    enum Use {
        PREDICT,
        TRAIN,
        DIFFERENTIATE
    }

    private final Sequential model;
    private final int capacity;
    private final Use use;
    private final Scratch scratch = new Scratch();
    private final INDArray slab;
    private final INDArray gradients;
    private boolean closed;

    Buffers(Sequential model, int capacity, Use use) {
        this.model = model;
        this.capacity = capacity;
        this.use = use;
        this.slab = Memory.vector(model.dataType(), Math.multiplyExact(perExample(model, use), capacity));
        this.gradients = Memory.vector(model.dataType(), use == Use.PREDICT ? 0 : model.parameterCount());
    }

    Sequential model() {
        requireOpen();
        return model;
    }

    Scratch scratch() {
        requireOpen();
        return scratch;
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
        if (closed) {
            throw new IllegalStateException("the workspace is closed");
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            slab.close();
            if (!gradients.isEmpty()) {
                gradients.close();
            }
        }
    }

    /** Whether anything needs the gradient of what layer {@code index} takes. */
    private static boolean needsInputGradient(Sequential model, Use use, int index) {
        return use == Use.DIFFERENTIATE
                || (use == Use.TRAIN && model.plans().subList(0, index).stream().anyMatch(LayerPlan::trains));
    }

    private static boolean needsBackward(Sequential model, Use use, int index) {
        return needsInputGradient(model, use, index)
                || (use == Use.TRAIN && model.plans().get(index).trains());
    }

    /** Elements of all buffers for one example. */
    static long perExample(Sequential model, Use use) {
        long elements = model.inputShape().size();
        for (LayerPlan plan : model.plans()) {
            elements += plan.output().size();
            elements += plan.saved().values().stream().mapToLong(Shape::size).sum();
            if (needsInputGradient(model, use, plan.index())) {
                elements += plan.input().size();
            }
        }
        return use == Use.PREDICT ? elements : elements + model.outputShape().size();
    }

    /** The passes of one batch size, over the first rows of each buffer. */
    List<BoundPass> bind(Workspace workspace) {
        Cursor cursor = new Cursor(slab, capacity, workspace.batch());
        List<BoundPass> passes = new ArrayList<>();
        INDArray x = cursor.take(model.inputShape());
        INDArray dx = needsInputGradient(model, use, 0) ? cursor.take(model.inputShape()) : null;
        for (LayerPlan plan : model.plans()) {
            int next = plan.index() + 1;
            INDArray y = cursor.take(plan.output());
            boolean last = next == model.plans().size();
            boolean hasDy = last ? use != Use.PREDICT : needsInputGradient(model, use, next);
            INDArray dy = hasDy ? cursor.take(plan.output()) : null;
            Map<String, INDArray> saved = new HashMap<>();
            plan.saved().forEach((name, shape) -> saved.put(name, cursor.take(shape)));
            passes.add(new BoundPass(
                    workspace,
                    plan,
                    x,
                    y,
                    dy,
                    dx,
                    saved,
                    gradientViews(plan),
                    needsBackward(model, use, plan.index())));
            x = y;
            dx = dy;
        }
        return List.copyOf(passes);
    }

    private Map<String, INDArray> gradientViews(LayerPlan plan) {
        Map<String, INDArray> views = new HashMap<>();
        if (use != Use.PREDICT) {
            for (Parameter p : plan.parameters()) {
                views.put(p.name(), Memory.view(gradients, p.offset(), p.shape().dims()));
            }
        }
        return views;
    }

    /** Hands out consecutive parts of a slab, each with room for the whole capacity, seen at fewer rows. */
    private static final class Cursor {
        private final INDArray slab;
        private final int capacity;
        private final int rows;
        private long offset;

        Cursor(INDArray slab, int capacity, int rows) {
            this.slab = slab;
            this.capacity = capacity;
            this.rows = rows;
        }

        INDArray take(Shape perExample) {
            INDArray view = Memory.view(slab, offset, perExample.withBatch(rows));
            offset += perExample.size() * capacity;
            return view;
        }
    }
}
