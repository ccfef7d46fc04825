/**
 * The contract between a layer and the code that runs it. A {@linkplain io.jacobi.nn.Layer layer} makes
 * {@linkplain io.jacobi.nn.Declarations declarations} when a model is built, and reads and writes the arrays of a
 * {@linkplain io.jacobi.nn.Pass pass} when it runs. Layers inside it are {@linkplain io.jacobi.nn.Branch branches}. A
 * {@linkplain io.jacobi.nn.RowLayer layer for one example} is the simplest kind.
 */
@NullMarked
package io.jacobi.nn;

import org.jspecify.annotations.NullMarked;
