/** Data sets, and the order in which training sees their examples. */
@NullMarked
package io.jacobi.nn.data;

import org.jspecify.annotations.NullMarked;
