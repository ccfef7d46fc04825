/**
 * Comparisons of a gradient with an oracle: differences, their stencils and steps, and derivatives by scalars and dual
 * numbers.
 */
@NullMarked
package io.jacobi.nn.check.compare;

import org.jspecify.annotations.NullMarked;
