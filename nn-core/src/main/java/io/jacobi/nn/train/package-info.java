/** The training loop and what watches it. */
@NullMarked
package io.jacobi.nn.train;

import org.jspecify.annotations.NullMarked;
