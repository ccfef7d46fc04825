/** Data sets: a reader for the IDX format, and MNIST, bundled in the jar. */
@NullMarked
package io.jacobi.nn.datasets;

import org.jspecify.annotations.NullMarked;
