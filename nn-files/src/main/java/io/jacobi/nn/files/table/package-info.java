/**
 * Tables as part of a model: how the cells of a row become features, and how outputs become an answer. Everything here
 * is fitted before, immutable, and stored in the model's file; nothing needs an array library.
 */
@NullMarked
package io.jacobi.nn.files.table;

import org.jspecify.annotations.NullMarked;
