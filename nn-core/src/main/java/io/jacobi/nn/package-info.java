/**
 * The core of Jacobi: what a layer is ({@link io.jacobi.nn.Layer}), what a model is ({@link io.jacobi.nn.Sequential}), who owns
 * the memory ({@link io.jacobi.nn.Workspace}) and how it is served ({@link io.jacobi.nn.Predictor}).
 */
@NullMarked
package io.jacobi.nn;

import org.jspecify.annotations.NullMarked;
