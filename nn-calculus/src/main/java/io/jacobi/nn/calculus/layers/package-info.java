/** The layers as formulas, from which their backward passes are derived and checked against the implementation. */
@NullMarked
package io.jacobi.nn.calculus.layers;

import org.jspecify.annotations.NullMarked;
