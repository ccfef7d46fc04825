/** The training loop, its metrics, callbacks and checkpoints. */
@NullMarked
package io.jacobi.nn.train;

import org.jspecify.annotations.NullMarked;
