package io.jacobi.nn.io;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import java.util.Map;

/**
 * Layers of a module that model files may contain. The module has a public class that implements this interface and has a public
 * constructor without parameters, and a text file {@code META-INF/services/io.jacobi.nn.io.LayerTypeProvider} that contains the name of
 * this class.
 *
 * <p>Each type must be a record. Its components are numbers, booleans, strings, enums, records of these, layers, initializers, or lists of
 * all these.
 */
public interface LayerTypeProvider {

    /** The layers, by their names in files. A name must never be given to another layer later. */
    Map<String, Class<? extends Layer>> layers();

    /** The initializers of these layers, by their names in files. By default there are none. */
    default Map<String, Class<? extends Initializer>> initializers() {
        return Map.of();
    }
}
