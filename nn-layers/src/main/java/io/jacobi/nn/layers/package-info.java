/** The layers, one file each; every one of them is a record of hyperparameters. */
@NullMarked
package io.jacobi.nn.layers;

import org.jspecify.annotations.NullMarked;
