package io.jacobi.nn.model;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes down what a layer declares. */
final class Recorder implements Declarations {

    final Map<String, Parameter> parameters = new LinkedHashMap<>();
    final Map<String, Parameter> states = new LinkedHashMap<>();
    final Map<String, Shape> saved = new LinkedHashMap<>();
    final Map<String, Shape> buffers = new LinkedHashMap<>();
    final Map<String, List<LayerPlan>> children = new LinkedHashMap<>();

    private final Set<String> names = new HashSet<>();
    private final String path;
    private final Offsets offsets;

    Recorder(String path, Offsets offsets) {
        this.path = path;
        this.offsets = offsets;
    }

    @Override
    public void parameter(String name, Shape shape, Initializer initializer, boolean decays) {
        requireNew(name);
        long offset = offsets.takeWeights(shape.size());
        parameters.put(name, new Parameter(path + "." + name, shape, offset, initializer, decays));
    }

    @Override
    public void state(String name, Shape shape, Initializer initializer) {
        requireNew(name);
        states.put(name, new Parameter(path + "." + name, shape, offsets.takeStates(shape.size()), initializer));
    }

    @Override
    public void saved(String name, Shape perExample) {
        requireNew(name);
        saved.put(name, perExample);
    }

    @Override
    public void buffer(String name, Shape shape) {
        requireNew(name);
        buffers.put(name, shape);
    }

    @Override
    public Shape children(String name, List<? extends Layer> layers, Shape input) {
        requireNew(name);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A layer of layers has none inside\n  expected at least one");
        }
        String prefix = path + "." + (name.isEmpty() ? "" : name + ".");
        List<LayerPlan.Entry> entries = layers.stream()
                .map(layer -> new LayerPlan.Entry(Optional.empty(), layer))
                .toList();
        List<LayerPlan> plans = LayerPlan.chain(entries, input, prefix, "Child", "its parent", offsets);
        children.put(name, plans);
        return plans.get(plans.size() - 1).output();
    }

    private void requireNew(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "The layer at " + path + " declares \"" + name + "\" twice\n  expected a name of its own for each");
        }
    }
}
