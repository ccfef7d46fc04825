/** The claims about a loss: its contract, and its gradient by each oracle. */
@NullMarked
package io.jacobi.nn.check.loss;

import org.jspecify.annotations.NullMarked;
