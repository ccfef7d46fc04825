package io.jacobi.nn.model;

import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that the passes of a model need, and the place of each in one slab. They are consecutive, in the order of
 * their use.
 */
final class MemoryPlan {

    /** The purposes of a workspace. */
    enum Use {
        /** Forward only: no gradients. */
        PREDICT,
        /** Forward and backward; no dx before the first parameter. */
        TRAIN,
        /** Forward and backward, and the dx of every layer. */
        DIFFERENTIATE
    }

    /** The arrays between layers. Gradients are absent where nothing needs them. */
    record Flow<T>(T x, T y, @Nullable T dy, @Nullable T dx) {}

    /** The arrays of one layer. */
    record LayerSlots(
            LayerPlan plan,
            Flow<Slot> flow,
            Map<String, Slot> saved,
            Map<String, List<LayerSlots>> branches,
            boolean needsBackward) {}

    private final Use use;
    private final List<LayerSlots> layers;
    private long perExample;
    private long whole;

    MemoryPlan(Blueprint blueprint, Use use) {
        this.use = use;
        Slot x = take(blueprint.inputShape());
        Slot dx = use == Use.DIFFERENTIATE ? take(blueprint.inputShape()) : null;
        Slot dy = use == Use.PREDICT ? null : take(blueprint.outputShape());
        this.layers = chain(blueprint.plans(), x, dx, dy, null);
    }

    /** The arrays of the model's layers. */
    List<LayerSlots> layers() {
        return layers;
    }

    /** Elements for each example. */
    long perExample() {
        return perExample;
    }

    /** The number of elements with room for {@code capacity} examples, or the largest long if it is larger. */
    long elements(int capacity) {
        return perExample > Long.MAX_VALUE / capacity ? Long.MAX_VALUE : sum(perExample * capacity, whole);
    }

    /** The sum of two lengths, or the largest long if it is larger. */
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private Slot take(Shape shape) {
        Slot slot = new Slot(perExample, whole, shape, true);
        perExample = sum(perExample, shape.size());
        return slot;
    }

    private Slot takeWhole(Shape shape) {
        Slot slot = new Slot(perExample, whole, shape, false);
        whole = sum(whole, shape.size());
        return slot;
    }

    /**
     * Places layers that follow each other.
     *
     * @param dx the place of the first layer's input gradient, if it is needed
     * @param dy the place of the last layer's output gradient, unless nothing is differentiated
     * @param y the place of the last layer's output, if it has one already
     */
    private List<LayerSlots> chain(
            List<LayerPlan> plans, Slot x, @Nullable Slot dx, @Nullable Slot dy, @Nullable Slot y) {
        List<LayerSlots> slots = new ArrayList<>();
        Slot in = x;
        Slot gradientOfIn = dx;
        for (int i = 0; i < plans.size(); i++) {
            LayerPlan plan = plans.get(i);
            boolean last = i == plans.size() - 1;
            Slot out = last && y != null ? y : take(plan.output());
            boolean needsBackward = use != Use.PREDICT && (gradientOfIn != null || plan.trains());
            Slot gradientOfOut = last ? dy : needsBackward ? take(plan.output()) : null;
            slots.add(layer(plan, new Flow<>(in, out, gradientOfOut, gradientOfIn), needsBackward));
            in = out;
            gradientOfIn = gradientOfOut;
        }
        return List.copyOf(slots);
    }

    private LayerSlots layer(LayerPlan plan, Flow<Slot> flow, boolean needsBackward) {
        Map<String, Slot> saved = new LinkedHashMap<>();
        plan.saved().forEach((name, shape) -> saved.put(name, take(shape)));
        plan.buffers().forEach((name, shape) -> saved.put(name, takeWhole(shape)));
        Map<String, List<LayerSlots>> branches = new LinkedHashMap<>();
        plan.branches()
                .forEach((name, branch) -> branches.put(
                        name, branch(branch, flow, needsBackward, needsInputGradient(plan, branch, flow))));
        return new LayerSlots(plan, flow, saved, branches, needsBackward);
    }

    /** Whether the layer has a dx, or x may depend on parameters of the layer outside the branch. */
    private boolean needsInputGradient(LayerPlan plan, BranchPlan branch, Flow<Slot> flow) {
        boolean trainsBefore = !branch.dependsOnXAlone()
                && (!plan.parameters().isEmpty()
                        || plan.branches().values().stream()
                                .anyMatch(other -> !other.name().equals(branch.name()) && other.trains()));
        return flow.dx() != null || (use != Use.PREDICT && trainsBefore);
    }

    private List<LayerSlots> branch(BranchPlan branch, Flow<Slot> parent, boolean needsBackward, boolean needsDx) {
        Slot x = branch.links().contains(Link.X) ? parent.x() : take(branch.input());
        Slot dx = !needsDx ? null : branch.links().contains(Link.DX) ? parent.dx() : take(branch.input());
        Slot dy = !needsBackward ? null : branch.links().contains(Link.DY) ? parent.dy() : take(branch.output());
        return chain(branch.layers(), x, dx, dy, branch.links().contains(Link.Y) ? parent.y() : null);
    }
}
