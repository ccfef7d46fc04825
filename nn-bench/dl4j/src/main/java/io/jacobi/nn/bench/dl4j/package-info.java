/** The adapter of DL4J. */
@NullMarked
package io.jacobi.nn.bench.dl4j;

import org.jspecify.annotations.NullMarked;
