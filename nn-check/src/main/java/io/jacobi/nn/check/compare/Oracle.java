package io.jacobi.nn.check.compare;

/** Who else says what a gradient is. None has a line in common with the layers, nor with each other where they differentiate. */
public enum Oracle {
    /** Values of the forward pass nearby, in double: central differences, and a sweep of their steps. */
    DIFFERENCES,
    /** The same to three more digits, of smooth functions: the stencil of five points. */
    FIVE_POINT,
    /** {@link io.jacobi.nn.scalar.Scalar}: the forward pass written once more, differentiated backwards. */
    SCALARS,
    /** {@link io.jacobi.nn.scalar.Dual}: the same pass, differentiated forwards. */
    DUALS,
    /** Values that another framework computed, from a file. */
    RECORDED
}
