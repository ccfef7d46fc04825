package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Span;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense array with the strides of its indices. An {@code owned} array is a copy, which {@link #close} frees. */
record IndexedArray(INDArray array, IndexLayout layout, boolean owned) implements AutoCloseable {

    /** An operand without the indices that are not {@code relevant}. It is copied only if its memory has gaps. */
    static IndexedArray of(INDArray operand, String indices, String relevant) {
        if (Span.fits(operand)) {
            return new IndexedArray(operand, IndexLayout.of(indices, operand.shape(), relevant), false);
        }
        // a transpose becomes dense when its dimensions are in the order of their strides
        int[] order = IntStream.range(0, operand.rank())
                .boxed()
                .sorted(Comparator.comparingLong((Integer axis) -> operand.stride(axis))
                        .reversed())
                .mapToInt(axis -> axis)
                .toArray();
        INDArray sorted = operand.permute(order);
        boolean dense = Span.fits(sorted);
        String names = Indices.join(IntStream.of(order).map(indices::charAt));
        return new IndexedArray(
                dense ? sorted : sorted.dup('c'), IndexLayout.of(names, sorted.shape(), relevant), !dense);
    }

    /** Frees the array if it is a copy. */
    @Override
    public void close() {
        if (owned) {
            array.close();
        }
    }
}
