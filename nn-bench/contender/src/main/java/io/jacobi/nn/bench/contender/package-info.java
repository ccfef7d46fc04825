/** The terms of the race: the workloads, what a contender can do, and the process that it runs in. */
@NullMarked
package io.jacobi.nn.bench.contender;

import org.jspecify.annotations.NullMarked;
