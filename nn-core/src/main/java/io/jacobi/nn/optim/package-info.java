/** How a gradient becomes a step. */
@NullMarked
package io.jacobi.nn.optim;

import org.jspecify.annotations.NullMarked;
