/** The claims that a check of a loss tests. */
@NullMarked
package io.jacobi.nn.check.loss;

import org.jspecify.annotations.NullMarked;
