/** The terms of the race: the workloads, what a framework can do, and the process that it runs in. */
@NullMarked
package io.jacobi.nn.bench.worker;

import org.jspecify.annotations.NullMarked;
