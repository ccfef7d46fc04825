/** Examples, and the order in which they are seen. */
@NullMarked
package io.jacobi.nn.data;

import org.jspecify.annotations.NullMarked;
