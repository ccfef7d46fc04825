/** Values that another framework computed, and comparisons with them. */
@NullMarked
package io.jacobi.nn.check.recorded;

import org.jspecify.annotations.NullMarked;
