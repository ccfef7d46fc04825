package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that one run of a contraction needs between its operands and its output, kept for the next run because
 * fresh memory costs a fault for each of its pages: for a copy of 1 MB the faults took longer than the copying. For one
 * thread at a time.
 *
 * <p>The memory never exceeds what a run uses at one time, the peak that {@link ContractionPlan} reports: free arrays
 * are closed before an allocation that would exceed it.
 */
final class RunMemory implements AutoCloseable {

    private final Scratch scratch = new Scratch();
    private final Deque<INDArray> free = new ArrayDeque<>();
    private final long most;
    private long numbers;

    /** Creates an empty memory for at most the given number of elements. */
    RunMemory(long most) {
        this.most = most;
    }

    /** The scratch of the kernels of this run. */
    Scratch scratch() {
        return scratch;
    }

    /** The number of elements allocated, in use or free. */
    long numbers() {
        return numbers;
    }

    /** Takes a vector, whose values are undefined. */
    INDArray take(DataType type, long length) {
        for (Iterator<INDArray> all = free.iterator(); all.hasNext(); ) {
            INDArray array = all.next();
            if (array.dataType() == type && array.length() == length) {
                all.remove();
                return array;
            }
        }
        while (!free.isEmpty() && Saturated.plus(numbers, length) > most) {
            closeFree();
        }
        numbers = Saturated.plus(numbers, length);
        return Memory.vector(type, length);
    }

    /** Returns a vector that was taken. */
    void giveBack(INDArray array) {
        free.add(array);
    }

    private void closeFree() {
        INDArray array = free.remove();
        numbers -= array.length();
        scratch.forget(array);
        array.close();
    }

    /** Frees all vectors that were given back. */
    @Override
    public void close() {
        while (!free.isEmpty()) {
            closeFree();
        }
    }
}
