/** Numpy's .npy and .npz files, read into arrays and written from them. */
@NullMarked
package io.jacobi.nn.io.npy;

import org.jspecify.annotations.NullMarked;
