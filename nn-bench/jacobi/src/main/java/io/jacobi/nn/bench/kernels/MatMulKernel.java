package io.jacobi.nn.bench.kernels;

import io.jacobi.nn.math.MatMul;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The three products of an affine layer, at the sizes of W1 and W2: batch x in x out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatMulKernel {

    /** Batch, inputs and outputs. */
    @Param({"64x784x128", "64x128x10", "128x784x512", "128x512x256", "128x256x10", "1x784x512", "2048x2048x2048"})
    public String size = "";

    private final Scratch scratch = new Scratch();
    private INDArray x = Memory.vector(DataType.FLOAT, 1);
    private INDArray w = x;
    private INDArray y = x;

    /** Creates the matrices. */
    @Setup
    public void setUp() {
        long[] dims =
                Arrays.stream(size.split("x", -1)).mapToLong(Long::parseLong).toArray();
        x = filled(dims[0], dims[1]);
        w = filled(dims[2], dims[1]);
        y = filled(dims[0], dims[2]);
    }

    private INDArray filled(long rows, long columns) {
        INDArray array = Memory.array(DataType.FLOAT, rows, columns);
        Vectors.fill(scratch, array, 0.5);
        return array;
    }

    /** Y = X Wᵀ. */
    @Benchmark
    public INDArray forward() {
        MatMul.abT(scratch, x, w, y);
        return y;
    }

    /** dW += dYᵀ X. */
    @Benchmark
    public INDArray weightGradient() {
        MatMul.aTb(scratch, y, x, w);
        return w;
    }

    /** dX = dY W. */
    @Benchmark
    public INDArray inputGradient() {
        MatMul.ab(scratch, y, w, x);
        return x;
    }
}
