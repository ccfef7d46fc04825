/** How parameters start. */
@NullMarked
package io.jacobi.nn.init;

import org.jspecify.annotations.NullMarked;
