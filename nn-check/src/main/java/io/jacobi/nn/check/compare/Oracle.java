package io.jacobi.nn.check.compare;

/**
 * The independent sources that a gradient is compared with. None shares code with the layers, nor with another oracle
 * where it differentiates.
 */
public enum Oracle {
    /** Values of the forward pass nearby, in double: central differences, and a sweep of their steps. */
    DIFFERENCES,
    /** The stencil of five points: differences with three more digits, for smooth functions. */
    FIVE_POINT,
    /** {@link io.jacobi.nn.scalar.Scalar}: the forward pass written a second time, differentiated backwards. */
    SCALARS,
    /** {@link io.jacobi.nn.scalar.Dual}: the second forward pass, differentiated forwards. */
    DUALS,
    /** Values that another framework computed, read from a file. */
    RECORDED
}
