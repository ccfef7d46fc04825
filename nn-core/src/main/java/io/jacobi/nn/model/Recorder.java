package io.jacobi.nn.model;

import io.jacobi.nn.Branch.Link;
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

/** Records the declarations of a layer. */
final class Recorder implements Declarations {

    final Map<String, Parameter> parameters = new LinkedHashMap<>();
    final Map<String, Parameter> states = new LinkedHashMap<>();
    final Map<String, Shape> saved = new LinkedHashMap<>();
    final Map<String, Shape> buffers = new LinkedHashMap<>();
    final Map<String, BranchPlan> branches = new LinkedHashMap<>();

    private final Set<String> names = new HashSet<>();
    private boolean inside;
    private final Shape input;
    private final String path;
    private final Offsets offsets;

    Recorder(Shape input, String path, Offsets offsets) {
        this.input = input;
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
    public Shape branch(String name, Layer layer, Shape branchInput, Link... links) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The branch of " + layer + " has no name"
                    + "\n  expected one: its parameters would be stored under the names of the layer that declares it"
                    + "\n  fix: give it a name, or declare it as List.of(" + layer + ")");
        }
        requireNew(name);
        inside = true;
        offsets.enter(path);
        LayerPlan plan = LayerPlan.single(
                entry(layer),
                branchInput,
                path + "." + name,
                "Branch \"" + name + "\"",
                "the layer that declares it",
                offsets);
        return add(new BranchPlan(name, List.of(plan), Set.of(links)));
    }

    @Override
    public Shape branch(String name, List<? extends Layer> layers, Shape branchInput, Link... links) {
        requireNew(name);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("Branch \"" + name + "\" has no layers\n  expected at least one");
        }
        if (name.isEmpty()) {
            // these layers have no name between this layer's path and their index: no other declaration may use the
            // index
            for (int i = 0; i < layers.size(); i++) {
                requireNew(Integer.toString(i));
            }
        }
        inside = true;
        offsets.enter(path);
        List<LayerPlan> plans = LayerPlan.chain(
                layers.stream().map(Recorder::entry).toList(),
                branchInput,
                path + "." + (name.isEmpty() ? "" : name + "."),
                name.isEmpty() ? "Child" : "Branch \"" + name + "\", child",
                "the layer that declares it",
                offsets);
        return add(new BranchPlan(name, plans, Set.of(links)));
    }

    private static LayerPlan.Entry entry(Layer layer) {
        return new LayerPlan.Entry(Optional.empty(), layer);
    }

    /** Whether the layers of a branch are being planned, so that an exception is about one of them. */
    boolean isInside() {
        return inside;
    }

    private Shape add(BranchPlan branch) {
        inside = false;
        offsets.leave();
        branch.requireParentsInput(input);
        branches.values().forEach(other -> {
            requireOne(Link.Y, branch, other);
            requireOne(Link.DX, branch, other);
        });
        branches.put(branch.name(), branch);
        return branch.output();
    }

    private static void requireOne(Link link, BranchPlan branch, BranchPlan other) {
        if (branch.links().contains(link) && other.links().contains(link)) {
            throw new IllegalArgumentException("Branches \"" + other.name() + "\" and \"" + branch.name()
                    + "\" of one layer both have Link." + link
                    + "\n  expected one at most: the second would overwrite the first"
                    + "\n  fix: leave it out of both, and add up their arrays in the layer");
        }
    }

    private void requireNew(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "The layer at " + path + " declares \"" + name + "\" twice\n  expected a different name for each");
        }
    }
}
