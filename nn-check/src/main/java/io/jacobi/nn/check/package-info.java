/** Gradient checks: the entry points and the report. They need no test framework, so that any program can run them. */
@NullMarked
package io.jacobi.nn.check;

import org.jspecify.annotations.NullMarked;
