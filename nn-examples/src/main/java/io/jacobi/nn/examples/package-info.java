/** The command line. */
@NullMarked
package io.jacobi.nn.examples;

import org.jspecify.annotations.NullMarked;
