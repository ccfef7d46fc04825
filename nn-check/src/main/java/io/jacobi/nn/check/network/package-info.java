/** The claims that a check of a network, as it is trained, tests. */
@NullMarked
package io.jacobi.nn.check.network;

import org.jspecify.annotations.NullMarked;
