/** The kernels: the only code that touches native memory or calls BLAS. */
@NullMarked
package io.jacobi.nn.math;

import org.jspecify.annotations.NullMarked;
