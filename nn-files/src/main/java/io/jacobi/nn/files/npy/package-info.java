/** The header of numpy's .npy format. No class here needs ND4J. {@code io.jacobi.nn.io.npy} reads the elements into arrays. */
@NullMarked
package io.jacobi.nn.files.npy;

import org.jspecify.annotations.NullMarked;
