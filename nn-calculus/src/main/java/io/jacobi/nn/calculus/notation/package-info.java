/** Notations of expressions: parsers for index and matrix notation, and printers for both, for LaTeX and for Java. */
@NullMarked
package io.jacobi.nn.calculus.notation;

import org.jspecify.annotations.NullMarked;
