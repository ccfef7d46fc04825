/** Initial values of parameters: {@link io.jacobi.nn.init.Initializers} lists them. */
@NullMarked
package io.jacobi.nn.init;

import org.jspecify.annotations.NullMarked;
