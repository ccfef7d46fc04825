package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of an array on the heap, which needs no freeing. It is empty until {@link #keep}. */
public final class HeapCopy {

    private float[] floats = new float[0];
    private double[] doubles = new double[0];

    /** Copies all elements of {@code array}; allocates only if its length or type is another than before. */
    public void keep(INDArray array) {
        int length = array.isEmpty() ? 0 : Math.toIntExact(array.length());
        boolean isFloat = length > 0 && Span.of(array).isFloat();
        floats = sized(floats, isFloat ? length : 0);
        doubles = sized(doubles, isFloat ? 0 : length);
        if (isFloat) {
            Span.of(array).floats().get(0, floats);
        } else if (length > 0) {
            Span.of(array).doubles().get(0, doubles);
        }
    }

    private static float[] sized(float[] old, int length) {
        return old.length == length ? old : new float[length];
    }

    private static double[] sized(double[] old, int length) {
        return old.length == length ? old : new double[length];
    }

    /**
     * Overwrites {@code array} with the copy.
     *
     * @throws IllegalArgumentException if it has another length or type than the array that was copied
     */
    public void putInto(INDArray array) {
        int length = array.isEmpty() ? 0 : Math.toIntExact(array.length());
        boolean isFloat = length > 0 && Span.of(array).isFloat();
        if (floats.length != (isFloat ? length : 0) || doubles.length != (isFloat ? 0 : length)) {
            throw new IllegalArgumentException("The copy has " + floats.length + " floats and " + doubles.length
                    + " doubles\n  expected " + length + (isFloat ? " floats" : " doubles")
                    + "\n  fix: put it into an array of the length and type of the one that was copied");
        }
        if (isFloat) {
            Span.of(array).floats().put(0, floats);
        } else if (length > 0) {
            Span.of(array).doubles().put(0, doubles);
        }
    }
}
