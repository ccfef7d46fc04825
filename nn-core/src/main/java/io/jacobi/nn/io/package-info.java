/** Models and arrays as files: what is read here is never trusted. */
@NullMarked
package io.jacobi.nn.io;

import org.jspecify.annotations.NullMarked;
