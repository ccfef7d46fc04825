package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that one run of a contraction needs between its operands and its output, kept for the next run: fresh memory costs a fault
 * for each of its pages, which for a copy of 1 MB took longer than the copying. One thread at a time.
 *
 * <p>Never more is kept than what a run has in use at once, the peak that {@link ContractionPlan} tells: what is free is closed
 * before more than that would be there.
 */
final class RunMemory implements AutoCloseable {

    private final Scratch scratch = new Scratch();
    private final Deque<INDArray> free = new ArrayDeque<>();
    private final long most;
    private long numbers;

    /** With so many numbers at most. */
    RunMemory(long most) {
        this.most = most;
    }

    /** For the kernels of this run. */
    Scratch scratch() {
        return scratch;
    }

    /** How many numbers there are, in use or free. */
    long numbers() {
        return numbers;
    }

    /** A vector that holds anything. */
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

    /** A vector that was taken is free again. */
    void giveBack(INDArray array) {
        free.add(array);
    }

    private void closeFree() {
        INDArray array = free.remove();
        numbers -= array.length();
        scratch.forget(array);
        array.close();
    }

    /** Frees all that was given back. */
    @Override
    public void close() {
        while (!free.isEmpty()) {
            closeFree();
        }
    }
}
