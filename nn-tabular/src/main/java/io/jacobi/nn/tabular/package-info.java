/**
 * Models of tables: a {@link io.jacobi.nn.tabular.Schema} says what the columns are, its preprocessing is fitted to the
 * training rows and stored with the model, and a {@link io.jacobi.nn.tabular.TabularModel} answers for raw rows.
 */
@NullMarked
package io.jacobi.nn.tabular;

import org.jspecify.annotations.NullMarked;
