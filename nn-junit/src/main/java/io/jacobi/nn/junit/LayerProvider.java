package io.jacobi.nn.junit;

import io.jacobi.nn.check.Checkable;
import java.util.List;

/** Who has layers to check, or losses, or anything else that makes claims. */
@FunctionalInterface
public interface LayerProvider {

    /** One check for each layer and configuration; at least one. */
    List<? extends Checkable> checks();
}
