/** Gradient checking; depends on no test framework, so that it can be shipped. */
@NullMarked
package io.jacobi.nn.check;

import org.jspecify.annotations.NullMarked;
