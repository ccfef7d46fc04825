package io.jacobi.nn.onnx;

/**
 * An array in an ONNX graph: the input, a weight, a constant, or the output of a node.
 *
 * @param name the name by which nodes refer to it
 */
public record Value(String name) {}
