package io.jacobi.nn.check;

/** Who else says what a gradient is. None has a line in common with the layers, nor with each other where they differentiate. */
public enum Oracle {
    /** Values of the forward pass nearby, in double: central differences, their five-point form, a sweep of steps. */
    DIFFERENCES,
    /** {@link io.jacobi.nn.scalar.Scalar}: the forward pass written once more, differentiated backwards. */
    SCALARS,
    /** {@link io.jacobi.nn.scalar.Dual}: the same pass, differentiated forwards. */
    DUALS,
    /** Values that another framework computed, from a file. */
    RECORDED
}
