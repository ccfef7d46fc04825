/** The adapter of DJL with PyTorch. */
@NullMarked
package io.jacobi.nn.bench.djl;

import org.jspecify.annotations.NullMarked;
