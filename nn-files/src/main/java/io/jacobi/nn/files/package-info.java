/**
 * Files without arrays: the safetensors container, what its header says, and the descriptions of models and runs in it. Nothing here
 * needs ND4J; {@code io.jacobi.nn.io} turns tensors into arrays and descriptions into layers.
 */
@NullMarked
package io.jacobi.nn.files;

import org.jspecify.annotations.NullMarked;
