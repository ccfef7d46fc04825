/** Reads numpy's .npy and .npz files into arrays, and writes arrays as such files. */
@NullMarked
package io.jacobi.nn.io.npy;

import org.jspecify.annotations.NullMarked;
