/** The command-line interface. */
@NullMarked
package io.jacobi.nn.examples;

import org.jspecify.annotations.NullMarked;
