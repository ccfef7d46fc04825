package io.jacobi.nn.model;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.model.MemoryPlan.Flow;
import io.jacobi.nn.model.MemoryPlan.LayerSlots;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the passes of one batch size: views of the first rows of each buffer, and of the weights and their gradients.
 */
final class Binding {

    private final StepContext context;
    private final Sequential model;
    private final INDArray slab;
    private final INDArray gradients;
    private final int capacity;

    /** One array object for each place: the output of a layer is the input of the next. */
    private final Map<Slot, INDArray> arrays = new HashMap<>();

    /**
     * A binding of these buffers.
     *
     * @param gradients of the weights; empty where nothing is differentiated
     */
    Binding(StepContext context, Sequential model, INDArray slab, INDArray gradients, int capacity) {
        this.context = context;
        this.model = model;
        this.slab = slab;
        this.gradients = gradients;
        this.capacity = capacity;
    }

    BoundChain chain(List<LayerSlots> layers) {
        return new BoundChain(layers.stream().map(this::layer).toList());
    }

    private BoundPass layer(LayerSlots layer) {
        LayerPlan plan = layer.plan();
        Map<String, INDArray> values = new HashMap<>();
        plan.parameters().forEach((name, p) -> values.put(name, model.value(p.path())));
        plan.states().forEach((name, p) -> values.put(name, model.value(p.path())));
        Map<String, INDArray> gradientOf = new HashMap<>();
        if (!gradients.isEmpty()) {
            plan.parameters().forEach((name, p) -> gradientOf.put(name, view(p.offset(), p.shape())));
        }
        Map<String, INDArray> saved = new HashMap<>();
        layer.saved().forEach((name, slot) -> saved.put(name, array(slot)));
        Map<String, BoundChain> branches = new LinkedHashMap<>();
        layer.branches().forEach((name, inside) -> branches.put(name, chain(inside)));
        return new BoundPass(
                context, plan, flow(layer.flow()), values, gradientOf, saved, branches, layer.needsBackward());
    }

    private INDArray view(long offset, Shape shape) {
        return Memory.view(gradients, offset, shape.dims());
    }

    private Flow<INDArray> flow(Flow<Slot> slots) {
        return new Flow<>(array(slots.x()), array(slots.y()), arrayOrNull(slots.dy()), arrayOrNull(slots.dx()));
    }

    private @Nullable INDArray arrayOrNull(@Nullable Slot slot) {
        return slot == null ? null : array(slot);
    }

    private INDArray array(Slot slot) {
        return arrays.computeIfAbsent(slot, place -> place.in(slab, capacity, context.batch()));
    }
}
