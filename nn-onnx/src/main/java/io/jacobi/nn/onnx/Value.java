package io.jacobi.nn.onnx;

/**
 * An array that flows through an ONNX graph: the input, a weight, a constant, or what a node gives.
 *
 * @param name how nodes refer to it
 */
public record Value(String name) {}
