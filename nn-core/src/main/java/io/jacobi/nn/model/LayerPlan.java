package io.jacobi.nn.model;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One layer of a model after its shapes were checked: what it takes, what it gives and what it asked for.
 *
 * <p>Whoever walks through a model with it, as an export to another format does, sees every layer with its shapes and the paths of
 * its parameters; {@link Blueprint#plans} has those of a model.
 *
 * @param index its position in its chain
 * @param path where it stands in the model, such as {@code 2} or, for a child of layer 2, {@code 2.0}
 * @param name that its user gave it
 * @param layer the hyperparameters
 * @param input the shape of one input example
 * @param output the shape of one output example
 * @param parameters its own, by its own names for them; those of its children are in their plans
 * @param states the same of what is stored and not trained
 * @param saved shapes for each example
 * @param buffers shapes whatever the batch
 * @param children the chains inside it, by name
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
        Map<String, List<LayerPlan>> children) {

    public LayerPlan {
        parameters = Collections.unmodifiableMap(parameters);
        states = Collections.unmodifiableMap(states);
        saved = Collections.unmodifiableMap(saved);
        buffers = Collections.unmodifiableMap(buffers);
        children = Collections.unmodifiableMap(children);
    }

    /** A layer that is to be planned, and the name that its user gave it. */
    record Entry(Optional<String> name, Layer layer) {
        String label() {
            return layer + name.map(n -> " \"" + n + "\"").orElse("");
        }
    }

    /** {@code Affine(10) "head"}. */
    public String label() {
        return new Entry(name, layer).label();
    }

    /** Whether it, or a child, has parameters. */
    boolean trains() {
        return allParameters().findAny().isPresent();
    }

    /** Its own parameters and those of its children. */
    Stream<Parameter> allParameters() {
        return Stream.concat(parameters.values().stream(), descendants().flatMap(LayerPlan::allParameters));
    }

    /** Its own states and those of its children. */
    Stream<Parameter> allStates() {
        return Stream.concat(states.values().stream(), descendants().flatMap(LayerPlan::allStates));
    }

    private Stream<LayerPlan> descendants() {
        return children.values().stream().flatMap(List::stream);
    }

    long parameterCount() {
        return allParameters().mapToLong(p -> p.shape().size()).sum();
    }

    /**
     * Plans layers that follow each other.
     *
     * @param prefix of their paths: empty, or ending with a dot
     * @param kind what one of them is called in messages
     * @param source who gives the input, for messages
     */
    static List<LayerPlan> chain(
            List<Entry> entries, Shape input, String prefix, String kind, String source, Offsets offsets) {
        List<LayerPlan> plans = new ArrayList<>();
        Shape shape = input;
        String giver = source;
        for (int i = 0; i < entries.size(); i++) {
            String position = kind + " " + (i + 1) + " of " + entries.size() + ", "
                    + entries.get(i).label();
            try {
                plans.add(plan(i, entries.get(i), shape, prefix + i, offsets));
            } catch (ShapeException unfit) {
                throw unfit.in(position, giver);
            }
            shape = plans.get(i).output();
            giver = kind.toLowerCase(Locale.ROOT) + " " + (i + 1) + ", "
                    + entries.get(i).label();
        }
        return plans;
    }

    private static LayerPlan plan(int index, Entry entry, Shape input, String path, Offsets offsets) {
        Recorder recorder = new Recorder(path, offsets);
        Shape output = entry.layer().declare(input, recorder);
        return new LayerPlan(
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
                recorder.children);
    }
}
