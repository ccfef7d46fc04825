package io.jacobi.nn.junit;

import io.jacobi.nn.check.Checkable;
import java.io.IOException;
import java.util.List;

/** Provides layers to check, or losses, or anything else that makes claims. */
@FunctionalInterface
public interface LayerProvider {

    /**
     * Returns one check for each layer and configuration, at least one.
     *
     * @throws IOException if {@linkplain io.jacobi.nn.check.recorded.Recordings recorded values} cannot be read; an
     *     implementation that reads none need not declare it
     */
    List<? extends Checkable> checks() throws IOException;
}
