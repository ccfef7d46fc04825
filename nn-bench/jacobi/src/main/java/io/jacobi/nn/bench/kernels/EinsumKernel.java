package io.jacobi.nn.bench.kernels;

import io.jacobi.nn.calculus.Einsum;
import io.jacobi.nn.math.MatMul;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.PlacedMatMul;
import io.jacobi.nn.math.PlacedMatMul.Place;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/**
 * Contractions, each compared with the plain matrix products it consists of: the difference is the cost of indexing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EinsumKernel {

    /** A contraction whose matrix products are all 256 x 256 x 256, or 256 x 1 x 256. */
    public enum Case {
        /** One matrix product. */
        MATRIX("ij,jk->ik", 1, "256x256", "256x256"),
        /** Eight matrix products. */
        BATCHED("bij,bjk->bik", 8, "8x256x256", "8x256x256"),
        /** A[i,j,k,m,n] with B[m,n,w,y,z], summed over m and n. */
        FIVE_OVER_MN("ijkmn,mnwyz->ijkwyz", 1, "8x8x4x16x16", "16x16x8x8x4"),
        /** Summed over n, for each m. */
        FIVE_OVER_N("ijkmn,mnwyz->ijkmwyz", 4, "8x8x4x4x256", "4x256x8x8x4"),
        /** Summed over m, for each n: neither dimension of the first matrix is contiguous, so that it is copied. */
        FIVE_OVER_M("ijkmn,mnwyz->ijknwyz", 4, "8x8x4x256x4", "256x4x8x8x4"),
        /** Not summed: for each m and n the outer product of two vectors of 256. */
        FIVE_OVER_NOTHING("ijkmn,mnwyz->ijkmnwyz", 4, "8x8x4x2x2", "2x2x8x8x4");

        private final String spec;
        private final int products;
        private final String first;
        private final String second;

        Case(String spec, int products, String first, String second) {
            this.spec = spec;
            this.products = products;
            this.first = first;
            this.second = second;
        }
    }

    private static final int SIDE = 256;

    /** The contraction. */
    @Param
    public Case contraction = Case.MATRIX;

    /** The data type of the operands. */
    @Param({"FLOAT", "DOUBLE"})
    public DataType type = DataType.FLOAT;

    private final Scratch scratch = new Scratch();
    private final List<INDArray> matrices = new ArrayList<>();
    private Einsum einsum = Einsum.of(Case.MATRIX.spec);
    private INDArray a = Memory.vector(DataType.FLOAT, 1);
    private INDArray b = a;
    private INDArray c = a;
    private INDArray place = a;

    /** Creates the operands, and the matrices of the plain products. */
    @Setup
    public void setUp() {
        einsum = Einsum.of(contraction.spec);
        a = filled(shape(contraction.first));
        b = filled(shape(contraction.second));
        c = einsum.evaluate(a, b);
        place = filled(c.shape());
        matrices.clear();
        for (int i = 0; i < 3 * contraction.products; i++) {
            matrices.add(filled(SIDE, SIDE));
        }
    }

    private static long[] shape(String sizes) {
        return Arrays.stream(sizes.split("x", -1)).mapToLong(Long::parseLong).toArray();
    }

    private INDArray filled(long... shape) {
        INDArray array = Memory.array(type, shape);
        Vectors.fill(scratch, array, 0.5);
        return array;
    }

    /** Evaluates the contraction. */
    @Benchmark
    public INDArray einsum() {
        einsum.evaluateInto(c, a, b);
        return c;
    }

    /** Computes the plain products of contiguous matrices, or of vectors into an array of the result's shape. */
    @Benchmark
    public INDArray bare() {
        return contraction == Case.FIVE_OVER_NOTHING ? outerProducts() : matrixProducts();
    }

    private INDArray matrixProducts() {
        for (int i = 0; i < matrices.size(); i += 3) {
            MatMul.ab(scratch, matrices.get(i), matrices.get(i + 1), matrices.get(i + 2));
        }
        return matrices.get(2);
    }

    private INDArray outerProducts() {
        int products = contraction.products;
        PlacedMatMul outer = PlacedMatMul.of(
                new Place(SIDE, 1, products), Place.dense(1, SIDE), new Place(SIDE, SIDE, products * SIDE));
        for (int i = 0; i < products; i++) {
            outer.ab(scratch, a, i, b, i * SIDE, place, i * SIDE);
        }
        return place;
    }
}
