/** DJL with PyTorch in the race. */
@NullMarked
package io.jacobi.nn.bench.djl;

import org.jspecify.annotations.NullMarked;
