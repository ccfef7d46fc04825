package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import java.util.List;

/** Checks that all layers of layers make. */
final class Composites {

    private Composites() {}

    static List<Layer> requireLayers(String name, List<Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(name + " has no layers inside\n  expected at least one");
        }
        return List.copyOf(layers);
    }

    static boolean coupleExamples(List<Layer> layers) {
        return layers.stream().anyMatch(Layer::couplesExamples);
    }
}
