/** The adapter of ONNX Runtime. */
@NullMarked
package io.jacobi.nn.bench.onnx;

import org.jspecify.annotations.NullMarked;
