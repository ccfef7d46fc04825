package io.jacobi.nn.data;

/**
 * The two parts of a data set that was split.
 *
 * @param first the part to train with
 * @param second the part to validate or to test with
 */
public record Split(Subset first, Subset second) {}
