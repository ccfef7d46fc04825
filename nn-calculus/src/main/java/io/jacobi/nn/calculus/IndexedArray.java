package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Span;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An operand with its layout: a dense array, and where in it each index leads. An {@code owned} array is a copy, to be freed. */
record IndexedArray(INDArray array, IndexLayout layout, boolean owned) implements AutoCloseable {

    /** An operand, of which indices that are not {@code relevant} are left out. It is copied only if its memory has gaps. */
    static IndexedArray of(INDArray operand, String indices, String relevant) {
        if (Span.fits(operand)) {
            return new IndexedArray(operand, IndexLayout.of(indices, operand.shape(), relevant), false);
        }
        // a transpose is dense once its dimensions stand in the order of their strides
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

    /** Frees the numbers, if nobody else has them. */
    @Override
    public void close() {
        if (owned) {
            array.close();
        }
    }
}
