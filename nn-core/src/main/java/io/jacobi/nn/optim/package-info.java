/** Optimizers, learning rate schedules, penalties and gradient clipping. */
@NullMarked
package io.jacobi.nn.optim;

import org.jspecify.annotations.NullMarked;
