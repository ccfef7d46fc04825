package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.npy.NpyHeader;

/** Where the elements of a file stand in 'c' order, one after another. */
final class Positions {

    private final int[] dims;
    private final int[] strides;
    private final int[] index;
    private int at;

    /** The first dimension changes fastest; a step along it is so many elements in 'c' order. */
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
