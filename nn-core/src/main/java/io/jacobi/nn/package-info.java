/**
 * The contract between a layer and the code that runs it: what a {@linkplain io.jacobi.nn.Layer layer} declares, and what it reads
 * and writes in a {@linkplain io.jacobi.nn.Pass pass}.
 */
@NullMarked
package io.jacobi.nn;

import org.jspecify.annotations.NullMarked;
