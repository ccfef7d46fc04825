/** Exports models as ONNX files, for every runtime that reads them. */
@NullMarked
package io.jacobi.nn.onnx;

import org.jspecify.annotations.NullMarked;
