/** Gradient checks as JUnit tests. */
@NullMarked
package io.jacobi.nn.junit;

import org.jspecify.annotations.NullMarked;
