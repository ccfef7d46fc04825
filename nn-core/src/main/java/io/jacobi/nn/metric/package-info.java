/** Metrics of classifiers and of regression, with the values of scikit-learn: docs/metrics.md. */
@NullMarked
package io.jacobi.nn.metric;

import org.jspecify.annotations.NullMarked;
