/** Claims: what should hold of a layer, loss, penalty or network, the evidence of an experiment, and the finding. */
@NullMarked
package io.jacobi.nn.check.claim;

import org.jspecify.annotations.NullMarked;
