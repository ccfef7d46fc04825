/** The workloads, the interfaces that adapt a framework, and the process that measures it. */
@NullMarked
package io.jacobi.nn.bench.worker;

import org.jspecify.annotations.NullMarked;
