/** Matrix calculus in index notation: contractions, their derivatives, and expressions differentiated step by step. */
@NullMarked
package io.jacobi.nn.calculus;

import org.jspecify.annotations.NullMarked;
