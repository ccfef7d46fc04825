/** The claims about a layer: its contract, and its gradients by each oracle. */
@NullMarked
package io.jacobi.nn.check.layer;

import org.jspecify.annotations.NullMarked;
