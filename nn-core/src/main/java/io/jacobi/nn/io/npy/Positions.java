package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.npy.NpyHeader;

/** The positions in 'c' order of a file's elements, one after another. */
final class Positions {

    private final int[] dims;
    private final int[] strides;
    private final int[] index;
    private int at;

    /** @param strides the distance in 'c' order of neighbours along each dimension; the first dimension changes fastest */
    private Positions(int[] dims, int... strides) {
        this.dims = dims;
        this.strides = strides;
        this.index = new int[dims.length];
    }

    static Positions of(NpyHeader header) {
        if (!header.fortranOrder()) {
            return new Positions(new int[] {header.elements()}, 1);
        }
        int[] dims = header.shape().stream().mapToInt(Integer::intValue).toArray();
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return new Positions(dims, strides);
    }

    int next() {
        int here = at;
        for (int axis = 0; axis < dims.length; axis++) {
            at += strides[axis];
            index[axis]++;
            if (index[axis] < dims[axis]) {
                break;
            }
            at -= strides[axis] * dims[axis];
            index[axis] = 0;
        }
        return here;
    }
}
