package io.jacobi.nn.math;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether two arrays share memory, so that writing one changes the other. */
public final class Overlap {

    private Overlap() {}

    /**
     * Whether the memory from the first to the last element of one array meets that of the other. A view with gaps counts
     * as if it had none.
     *
     * @throws IllegalStateException if an array is closed
     */
    public static boolean of(INDArray a, INDArray b) {
        Span.requireOpen(a);
        Span.requireOpen(b);
        if (a.isEmpty() || b.isEmpty()) {
            return false;
        }
        long firstOfA = address(a, false);
        long firstOfB = address(b, false);
        return firstOfA < address(b, true) && firstOfB < address(a, true);
    }

    /** The address of the first byte of an array, or of the first byte after it. */
    private static long address(INDArray array, boolean end) {
        DataBuffer data = array.data();
        int width = array.dataType().width();
        long steps = end ? 1 : 0;
        for (int axis = 0; axis < array.rank(); axis++) {
            long reach = (array.size(axis) - 1) * array.stride(axis);
            steps += end ? Math.max(0, reach) : Math.min(0, reach);
        }
        return data.pointer().address() + (data.offset() + steps) * width;
    }
}
