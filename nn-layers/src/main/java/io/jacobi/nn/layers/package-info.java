/** The layers. Each layer is one file and a record of its hyperparameters. */
@NullMarked
package io.jacobi.nn.layers;

import org.jspecify.annotations.NullMarked;
