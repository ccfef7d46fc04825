/**
 * Model files without arrays: the safetensors container, its header, and the descriptions of models and runs in it. No class here
 * needs ND4J. {@code io.jacobi.nn.io} turns tensors into arrays and descriptions into layers.
 */
@NullMarked
package io.jacobi.nn.files;

import org.jspecify.annotations.NullMarked;
