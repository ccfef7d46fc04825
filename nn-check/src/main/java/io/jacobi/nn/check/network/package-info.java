/** The claims about a network as it is trained: its gradients, and what training relies on. */
@NullMarked
package io.jacobi.nn.check.network;

import org.jspecify.annotations.NullMarked;
