/** Data sets as {@link io.jacobi.nn.data.Dataset}: the IDX format, and MNIST in the jar. */
@NullMarked
package io.jacobi.nn.datasets;

import org.jspecify.annotations.NullMarked;
