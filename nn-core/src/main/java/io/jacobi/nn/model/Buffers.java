package io.jacobi.nn.model;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    private @Nullable LayerClock clock;
    private boolean closed;

    Buffers(Sequential model, int capacity, Use use) {
        this(
                model,
                capacity,
                use,
                Memory.vector(model.dataType(), Layout.of(model, use).elements(capacity)),
                Memory.vector(model.dataType(), use == Use.PREDICT ? 0 : model.parameterCount()));
    }

    private Buffers(Sequential model, int capacity, Use use, INDArray slab, INDArray gradients) {
        this.model = model;
        this.capacity = capacity;
        this.use = use;
        this.slab = slab;
        this.gradients = gradients;
    }

    /** The same memory for another model of the same layers; {@link #handedOver} must follow. */
    Buffers over(Sequential other) {
        requireOpen();
        return new Buffers(other, capacity, use, slab, gradients);
    }

    /** Closed without being freed. */
    void handedOver() {
        closed = true;
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

    /** The passes of one batch size, over the first rows of each buffer. */
    BoundChildren bind(Workspace workspace) {
        boolean needsDx = use == Use.DIFFERENTIATE;
        Cursor cursor = new Cursor(slab, capacity, workspace.batch());
        INDArray x = cursor.take(model.inputShape());
        INDArray dx = needsDx ? cursor.take(model.inputShape()) : null;
        INDArray dy = use == Use.PREDICT ? null : cursor.take(model.outputShape());
        BoundChildren passes = bindChain(workspace, cursor, model.plans(), x, dx, dy);
        cursor.requireEnd();
        return passes;
    }

    /** A chain between these arrays: dx where the first layer's input gradient is needed, dy unless nothing is differentiated. */
    private BoundChildren bindChain(
            Workspace workspace,
            Cursor cursor,
            List<LayerPlan> plans,
            INDArray x,
            @Nullable INDArray dx,
            @Nullable INDArray dy) {
        List<BoundPass> passes = new ArrayList<>();
        INDArray in = x;
        INDArray gradientOfIn = dx;
        for (LayerPlan plan : plans) {
            INDArray out = cursor.take(plan.output());
            boolean last = plan.index() == plans.size() - 1;
            boolean nextNeeds = use != Use.PREDICT && (gradientOfIn != null || plan.trains());
            INDArray gradientOfOut = last ? dy : nextNeeds ? cursor.take(plan.output()) : null;
            BoundPass.Flow flow = new BoundPass.Flow(in, out, gradientOfOut, gradientOfIn);
            passes.add(bindLayer(workspace, cursor, plan, flow, nextNeeds));
            in = out;
            gradientOfIn = gradientOfOut;
        }
        return new BoundChildren(List.copyOf(passes));
    }

    private BoundPass bindLayer(
            Workspace workspace, Cursor cursor, LayerPlan plan, BoundPass.Flow flow, boolean needed) {
        Map<String, INDArray> values = new HashMap<>();
        plan.parameters().forEach((name, p) -> values.put(name, model.value(p.path())));
        plan.states().forEach((name, p) -> values.put(name, model.value(p.path())));
        Map<String, INDArray> gradientViews = new HashMap<>();
        if (use != Use.PREDICT) {
            plan.parameters()
                    .forEach((name, p) -> gradientViews.put(
                            name, Memory.view(gradients, p.offset(), p.shape().dims())));
        }
        Map<String, INDArray> saved = new HashMap<>();
        plan.saved().forEach((name, shape) -> saved.put(name, cursor.take(shape)));
        plan.buffers().forEach((name, shape) -> saved.put(name, cursor.takeWhole(shape)));
        Map<String, BoundChildren> children = new HashMap<>();
        plan.children().forEach((name, plans) -> {
            INDArray dx = flow.dx() == null ? null : cursor.take(plans.get(0).input());
            children.put(name, bindChain(workspace, cursor, plans, flow.x(), dx, flow.dy()));
        });
        return new BoundPass(workspace, plan, flow, values, gradientViews, saved, children, needed);
    }

    /** How much memory the passes need; it follows {@link #bind} step by step, and bind checks that it does. */
    record Layout(long perExample, long whole) {

        static Layout of(Sequential model, Use use) {
            boolean needsDx = use == Use.DIFFERENTIATE;
            long ends = model.inputShape().size() * (needsDx ? 2 : 1)
                    + (use == Use.PREDICT ? 0 : model.outputShape().size());
            return chain(model.plans(), use, needsDx).plus(ends, 0);
        }

        long elements(int capacity) {
            return Math.addExact(Math.multiplyExact(perExample, capacity), whole);
        }

        private Layout plus(long moreForEach, long moreWhole) {
            return new Layout(perExample + moreForEach, whole + moreWhole);
        }

        private static Layout chain(List<LayerPlan> plans, Use use, boolean needsDx) {
            Layout layout = new Layout(0, 0);
            boolean needs = needsDx;
            for (LayerPlan plan : plans) {
                boolean last = plan.index() == plans.size() - 1;
                boolean nextNeeds = use != Use.PREDICT && (needs || plan.trains());
                layout = layout.plus(plan.output().size() * (!last && nextNeeds ? 2 : 1), 0)
                        .plus(total(plan.saved()), total(plan.buffers()));
                for (List<LayerPlan> children : plan.children().values()) {
                    Layout inside = chain(children, use, needs);
                    layout = layout.plus(inside.perExample, inside.whole)
                            .plus(needs ? plan.input().size() : 0, 0);
                }
                needs = nextNeeds;
            }
            return layout;
        }

        private static long total(Map<String, Shape> shapes) {
            return shapes.values().stream().mapToLong(Shape::size).sum();
        }
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

        INDArray takeWhole(Shape shape) {
            INDArray view = Memory.view(slab, offset, shape.dims());
            offset += shape.size();
            return view;
        }

        void requireEnd() {
            if (offset != slab.length()) {
                throw new IllegalStateException("passes take " + offset + " of " + slab.length() + " elements");
            }
        }
    }
}
