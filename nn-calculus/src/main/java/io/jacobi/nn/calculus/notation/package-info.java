/** How expressions are written: read from index and matrix notation, and printed as either, as LaTeX and as Java. */
@NullMarked
package io.jacobi.nn.calculus.notation;

import org.jspecify.annotations.NullMarked;
