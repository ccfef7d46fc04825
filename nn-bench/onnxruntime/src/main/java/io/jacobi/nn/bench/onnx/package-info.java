/** ONNX Runtime in the race. */
@NullMarked
package io.jacobi.nn.bench.onnx;

import org.jspecify.annotations.NullMarked;
