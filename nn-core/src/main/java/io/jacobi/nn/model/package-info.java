/**
 * A model and its memory: {@link io.jacobi.nn.model.Sequential} owns the weights, and
 * {@link io.jacobi.nn.model.Workspace} owns the buffers of a batch.
 */
@NullMarked
package io.jacobi.nn.model;

import org.jspecify.annotations.NullMarked;
