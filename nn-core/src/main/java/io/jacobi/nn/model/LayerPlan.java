package io.jacobi.nn.model;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.files.FileText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One layer of a model after its shapes were checked: its input and output shapes and its declarations.
 *
 * <p>Code that walks through a model, such as an export to another format, sees every layer with its shapes and the
 * paths of its parameters. {@link Blueprint#plans} gives the plans of a model.
 *
 * @param index its position among the layers that it follows
 * @param path its position in the model, such as {@code 2} or, for a layer inside layer 2, {@code 2.0}
 * @param name the name that its user gave it
 * @param layer the hyperparameters
 * @param input the shape of one input example
 * @param output the shape of one output example
 * @param parameters its own parameters, by its own names for them; the plans inside hold those of the layers inside
 * @param states its own states, which are stored and not trained
 * @param saved shapes for each example
 * @param buffers shapes whatever the batch
 * @param branches the layers inside it, by the names of their branches, in the order of their declaration
 */
public record LayerPlan(
        int index,
        String path,
        Optional<String> name,
        Layer layer,
        Shape input,
        Shape output,
        Map<String, Parameter> parameters,
        Map<String, Parameter> states,
        Map<String, Shape> saved,
        Map<String, Shape> buffers,
        Map<String, BranchPlan> branches) {

    public LayerPlan {
        parameters = Collections.unmodifiableMap(parameters);
        states = Collections.unmodifiableMap(states);
        saved = Collections.unmodifiableMap(saved);
        buffers = Collections.unmodifiableMap(buffers);
        branches = Collections.unmodifiableMap(branches);
    }

    /** The longest text of a layer that messages show whole. */
    private static final int SHOWN = 300;

    /** A layer that is to be planned, and the name that its user gave it. */
    record Entry(Optional<String> name, Layer layer) {
        String label() {
            return labeled(layer.toString());
        }

        /** For a message about a layer inside it: the text of the outer layer would contain the text of the inner. */
        String shortLabel() {
            return labeled(layer.getClass().getSimpleName());
        }

        private String labeled(String text) {
            return FileText.show(text, SHOWN)
                    + name.map(n -> " \"" + FileText.show(n) + "\"").orElse("");
        }
    }

    /**
     * {@code Affine(10) "head"}, on one line. A long text of a layer or a name is cut, and a control character escaped,
     * because they may come from a file.
     */
    public String label() {
        return new Entry(name, layer).label();
    }

    /** Whether it, or a layer inside, has parameters. */
    boolean trains() {
        return allParameters().findAny().isPresent();
    }

    /** Its own parameters and those of the layers inside. */
    Stream<Parameter> allParameters() {
        return all().flatMap(plan -> plan.parameters.values().stream());
    }

    /** Its own states and those of the layers inside. */
    Stream<Parameter> allStates() {
        return all().flatMap(plan -> plan.states.values().stream());
    }

    /** This layer and those inside, in one list: a stream for each level would pass every layer through all levels. */
    private Stream<LayerPlan> all() {
        List<LayerPlan> found = new ArrayList<>();
        addTo(found);
        return found.stream();
    }

    private void addTo(List<LayerPlan> found) {
        found.add(this);
        for (BranchPlan branch : branches.values()) {
            branch.layers().forEach(plan -> plan.addTo(found));
        }
    }

    /** This layer and the layers inside it, at any depth. */
    public Stream<LayerPlan> withInside() {
        return Stream.concat(Stream.of(this), inside().flatMap(LayerPlan::withInside));
    }

    private Stream<LayerPlan> inside() {
        return branches.values().stream().flatMap(branch -> branch.layers().stream());
    }

    long parameterCount() {
        return allParameters().mapToLong(p -> p.shape().size()).sum();
    }

    /**
     * Plans layers that follow each other.
     *
     * @param prefix of their paths: empty, or ending with a dot
     * @param kind what messages call one of them
     * @param source what messages call the source of the input
     */
    static List<LayerPlan> chain(
            List<Entry> entries, Shape input, String prefix, String kind, String source, Offsets offsets) {
        List<LayerPlan> plans = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            Place place = new Place(
                    () -> kind + " " + (index + 1) + " of " + entries.size(),
                    () -> index == 0
                            ? source
                            : uncapitalized(kind) + " " + index + ", "
                                    + entries.get(index - 1).label());
            plans.add(plan(i, entries.get(i), shape, prefix + i, place, offsets));
            shape = plans.get(i).output();
        }
        return plans;
    }

    /**
     * What messages say about the place of a layer. The labels of layers are made only for a message: the label of a
     * layer of layers has the text of all layers inside.
     *
     * @param position such as {@code Layer 2 of 3}
     * @param source what messages call the source of the input
     */
    private record Place(Supplier<String> position, Supplier<String> source) {}

    private static String uncapitalized(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /**
     * Plans a layer that stands alone.
     *
     * @param position what messages call its place
     * @param source what messages call the source of the input
     */
    static LayerPlan single(Entry entry, Shape input, String path, String position, String source, Offsets offsets) {
        return plan(0, entry, input, path, new Place(() -> position, () -> source), offsets);
    }

    private static LayerPlan plan(int index, Entry entry, Shape input, String path, Place place, Offsets offsets) {
        Recorder recorder = new Recorder(input, path, offsets);
        try {
            Shape output = entry.layer().declare(input, recorder);
            recorder.branches.values().forEach(branch -> branch.requireParentsOutput(output));
            LayerPlan plan = new LayerPlan(
                    index,
                    path,
                    entry.name(),
                    entry.layer(),
                    input,
                    output,
                    recorder.parameters,
                    recorder.states,
                    recorder.saved,
                    recorder.buffers,
                    recorder.branches);
            plan.requireCoupling();
            return plan;
        } catch (ShapeException unfit) {
            String label = recorder.isInside() ? entry.shortLabel() : entry.label();
            throw unfit.in(place.position().get() + ", " + label, place.source());
        }
    }

    /** The trainer, which would split a batch, asks the outermost layers alone. */
    private void requireCoupling() {
        if (layer.couplesExamples()) {
            return;
        }
        inside().filter(child -> child.layer().couplesExamples()).findFirst().ifPresent(child -> {
            throw new IllegalArgumentException(label() + " couples no examples, and " + child.label()
                    + " inside it does"
                    + "\n  expected couplesExamples() to hold if it holds for a layer inside"
                    + "\n  fix: override it in " + layer.getClass().getSimpleName());
        });
    }
}
