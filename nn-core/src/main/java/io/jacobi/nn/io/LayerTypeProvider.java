package io.jacobi.nn.io;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import java.util.Map;

/**
 * Layers that model files may hold. A module with layers of its own has a public class that implements this, with a public
 * constructor without arguments, and a text file {@code META-INF/services/io.jacobi.nn.io.LayerTypeProvider} with that class's name
 * in it.
 *
 * <p>Each type must be a record, its components numbers, booleans, strings, enums, records of such, layers, initializers, or lists of
 * these.
 */
public interface LayerTypeProvider {

    /** The layers, by the name under which files know them. A name may never mean another layer later. */
    Map<String, Class<? extends Layer>> layers();

    /** Initializers that the layers may have, by name; none unless overridden. */
    default Map<String, Class<? extends Initializer>> initializers() {
        return Map.of();
    }
}
