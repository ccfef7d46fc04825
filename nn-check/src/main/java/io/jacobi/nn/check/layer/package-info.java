/** The claims that a check of a layer tests. */
@NullMarked
package io.jacobi.nn.check.layer;

import org.jspecify.annotations.NullMarked;
