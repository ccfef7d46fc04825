/** DL4J in the race. */
@NullMarked
package io.jacobi.nn.bench.dl4j;

import org.jspecify.annotations.NullMarked;
