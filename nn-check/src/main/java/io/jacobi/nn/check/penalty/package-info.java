/** The claims about a penalty: its contract, and its gradient by each oracle. */
@NullMarked
package io.jacobi.nn.check.penalty;

import org.jspecify.annotations.NullMarked;
