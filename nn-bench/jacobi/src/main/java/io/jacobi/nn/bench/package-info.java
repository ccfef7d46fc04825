/** The race of Jacobi against its peers, and Jacobi's part in it. */
@NullMarked
package io.jacobi.nn.bench;

import org.jspecify.annotations.NullMarked;
