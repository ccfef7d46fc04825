package io.jacobi.nn.examples;

import io.jacobi.nn.math.MatMul;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.ProductMeter;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fastest matrix product that this machine's BLAS makes on one thread, with which a profile compares its own. */
final class PeakProduct {

    /** Large enough for BLAS to be at its best, small enough to take some 30 ms. */
    private static final int SIZE = 1024;

    private static final int ATTEMPTS = 5;

    private PeakProduct() {}

    /**
     * The best of {@value #ATTEMPTS} products of two square matrices of {@value #SIZE} rows, in 10^9 operations a
     * second.
     */
    static double gigaflops(DataType type) {
        try (INDArray a = Memory.array(type, SIZE, SIZE);
                INDArray b = Memory.array(type, SIZE, SIZE);
                INDArray c = Memory.array(type, SIZE, SIZE)) {
            Scratch scratch = new Scratch();
            Vectors.fill(scratch, a, 1);
            Vectors.fill(scratch, b, 1);
            double best = 0;
            for (int i = 0; i < ATTEMPTS; i++) {
                ProductMeter meter = new ProductMeter();
                scratch.meter(meter);
                MatMul.ab(scratch, a, b, c);
                best = Math.max(best, meter.operations() / meter.nanos());
            }
            return best;
        }
    }

    /** The sum of what so many threads reach at the same time, in 10^9 operations a second. */
    static double gigaflops(DataType type, int threads) {
        return IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> gigaflops(type), task -> new Thread(task).start()))
                .toList()
                .stream()
                .mapToDouble(CompletableFuture::join)
                .sum();
    }
}
