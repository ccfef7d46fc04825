/**
 * Prediction in a service: a {@link io.jacobi.nn.inference.Predictor} for any number of threads, and a
 * {@link io.jacobi.nn.inference.Snapshot} of the weights that it serves while training goes on.
 */
@NullMarked
package io.jacobi.nn.inference;

import org.jspecify.annotations.NullMarked;
