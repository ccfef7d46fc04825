/** The losses once more, one number after the other: what their fast code is checked against. */
@NullMarked
package io.jacobi.nn.loss.scalar;

import org.jspecify.annotations.NullMarked;
