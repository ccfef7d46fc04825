/** Losses: the functions that training minimizes. */
@NullMarked
package io.jacobi.nn.loss;

import org.jspecify.annotations.NullMarked;
