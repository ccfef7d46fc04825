/** The claims that a check of a penalty tests. */
@NullMarked
package io.jacobi.nn.check.penalty;

import org.jspecify.annotations.NullMarked;
