package io.jacobi.nn;

import io.jacobi.nn.init.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One layer of a model after its shapes were checked: what it takes, what it gives and what it asked for. */
record LayerPlan(
        int index,
        Optional<String> name,
        Layer layer,
        Shape input,
        Shape output,
        List<Parameter> parameters,
        List<Parameter> states,
        Map<String, Shape> saved) {

    /** {@code Affine[units=10] "head"}. */
    String label() {
        return layer + name.map(n -> " \"" + n + "\"").orElse("");
    }

    boolean trains() {
        return !parameters.isEmpty();
    }

    long parameterCount() {
        return parameters.stream().mapToLong(p -> p.shape().size()).sum();
    }

    /** Asks {@code layer} what it needs, the parameters starting at these offsets of the flat vectors. */
    static LayerPlan of(
            int index, Optional<String> name, Layer layer, Shape input, long weightOffset, long stateOffset) {
        Recorder recorder = new Recorder(index, weightOffset, stateOffset);
        Shape output = layer.declare(input, recorder);
        return new LayerPlan(
                index,
                name,
                layer,
                input,
                output,
                List.copyOf(recorder.parameters),
                List.copyOf(recorder.states),
                recorder.saved);
    }

    /** Writes down what a layer declares. */
    private static final class Recorder implements Declarations {
        private final int layer;
        private long weightEnd;
        private long stateEnd;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Parameter> states = new ArrayList<>();
        private final Map<String, Shape> saved = new LinkedHashMap<>();

        Recorder(int layer, long weightOffset, long stateOffset) {
            this.layer = layer;
            this.weightEnd = weightOffset;
            this.stateEnd = stateOffset;
        }

        @Override
        public void parameter(String name, Shape shape, Initializer initializer) {
            requireNew(name);
            parameters.add(new Parameter(layer, name, shape, weightEnd, initializer));
            weightEnd += shape.size();
        }

        @Override
        public void state(String name, Shape shape, Initializer initializer) {
            requireNew(name);
            states.add(new Parameter(layer, name, shape, stateEnd, initializer));
            stateEnd += shape.size();
        }

        @Override
        public void saved(String name, Shape perExample) {
            requireNew(name);
            saved.put(name, perExample);
        }

        private void requireNew(String name) {
            boolean taken = saved.containsKey(name)
                    || parameters.stream().anyMatch(p -> p.name().equals(name))
                    || states.stream().anyMatch(p -> p.name().equals(name));
            if (taken) {
                throw new IllegalArgumentException(
                        "The layer declares \"" + name + "\" twice; each name must be its own");
            }
        }
    }
}
