/** Kernels one by one: run by {@code java -jar bench.jar kernels}. */
@NullMarked
package io.jacobi.nn.bench.kernels;

import org.jspecify.annotations.NullMarked;
