package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products inside arrays of rank 3 give what three loops give, and touch nothing else. */
class StridedMatMulTest {

    private static final double MARK = 7;

    /**
     * Rows, steps, inner length and columns: with ones, which BLAS treats apart, and more than its kernels take at
     * once.
     */
    static Stream<Arguments> sizes() {
        int[][] sizes = {{1, 1, 1, 1}, {1, 4, 3, 2}, {3, 4, 1, 2}, {3, 4, 2, 1}, {2, 3, 5, 4}, {33, 3, 70, 130}};
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Arrays.stream(sizes).map(n -> Arguments.of(type, n[0], n[1], n[2], n[3])));
    }

    private static INDArray random(DataType type, long seed, long... shape) {
        INDArray array = filled(type, 0, shape);
        SplittableRandom random = new SplittableRandom(seed);
        Vectors.set(array, random.doubles(array.length(), -1, 1).toArray());
        return array;
    }

    private static INDArray filled(DataType type, double value, long... shape) {
        long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        // in the middle of a longer array, so that an address that ignores where a view starts shows
        INDArray view = Memory.view(Memory.vector(type, length + 5), 3, shape);
        Vectors.fill(new Scratch(), view, value);
        return view;
    }

    /** {@code start} + A[:, stepA, :] op(B), the long way, where C[:, stepC, :] is; {@link #MARK} elsewhere. */
    private static double[] expectedStep(
            INDArray a, int stepA, INDArray b, boolean transposed, INDArray c, int stepC, double start) {
        double[] x = Vectors.toDoubles(a);
        double[] w = Vectors.toDoubles(b);
        int rows = (int) a.size(0);
        int k = (int) a.size(2);
        int n = (int) c.size(2);
        int steps = (int) c.size(1);
        double[] y = new double[(int) c.length()];
        Arrays.fill(y, MARK);
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                double sum = start;
                for (int i = 0; i < k; i++) {
                    sum += x[(r * (int) a.size(1) + stepA) * k + i] * w[transposed ? j * k + i : i * n + j];
                }
                y[(r * steps + stepC) * n + j] = sum;
            }
        }
        return y;
    }

    private static void assertClose(INDArray actual, double[] expected) {
        double tolerance = actual.dataType() == DataType.FLOAT ? 2e-5 : 1e-12;
        assertThat(Vectors.toDoubles(actual))
                .usingComparatorWithPrecision(tolerance)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void oneStepTimesAMatrixGoesToAStepOfAnother(DataType type, int rows, int steps, int k, int n) {
        Scratch s = new Scratch();
        INDArray a = random(type, 1, rows, steps, k);
        INDArray b = random(type, 2, k, n);
        INDArray c = filled(type, MARK, rows, 2, n);
        for (int t = 0; t < steps; t++) {
            Vectors.fill(s, c, MARK);
            StridedMatMul.ab(s, a, t, b, c, 1);
            assertClose(c, expectedStep(a, t, b, false, c, 1, 0));

            Vectors.fill(s, c, MARK);
            StridedMatMul.addAb(s, a, t, b, c, 0);
            assertClose(c, expectedStep(a, t, b, false, c, 0, MARK));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void oneStepTimesATransposedMatrixIsAdded(DataType type, int rows, int steps, int k, int n) {
        Scratch s = new Scratch();
        INDArray a = random(type, 1, rows, steps, k);
        INDArray b = random(type, 2, n, k);
        INDArray c = filled(type, MARK, rows, steps, n);
        StridedMatMul.addAbT(s, a, steps - 1, b, c, 0);
        assertClose(c, expectedStep(a, steps - 1, b, true, c, 0, MARK));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void bothMayBeStepsOfOneArray(DataType type) {
        INDArray a = random(type, 1, 3, 2, 4);
        INDArray b = random(type, 2, 4, 4);
        double[] before = Vectors.toDoubles(a);
        double[] expected = expectedStep(a, 0, b, false, a, 1, 0);
        StridedMatMul.ab(new Scratch(), a, 0, b, a, 1);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = i / 4 % 2 == 0 ? before[i] : expected[i];
        }
        assertClose(a, expected);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void allStepsAreOneMatrix(DataType type, int rows, int steps, int k, int n) {
        Scratch s = new Scratch();
        INDArray a = random(type, 1, rows, steps, k);
        INDArray b = random(type, 2, k, n);
        INDArray bT = random(type, 2, n, k);
        INDArray flat = Memory.view(filled(type, 0, a.length()), 0, rows * (long) steps, 1, k);
        Vectors.set(flat, Vectors.toDoubles(a));
        INDArray c = filled(type, MARK, rows, steps, n);
        INDArray flatC = filled(type, MARK, rows * (long) steps, 1, n);

        StridedMatMul.ab(s, a, b, c);
        assertClose(c, expectedStep(flat, 0, b, false, flatC, 0, 0));

        Vectors.fill(s, c, MARK);
        StridedMatMul.addAbT(s, a, bT, c);
        assertClose(c, expectedStep(flat, 0, bT, true, flatC, 0, MARK));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void transposedProductSumsOverRowsAndSteps(DataType type, int rows, int steps, int m, int n) {
        INDArray a = random(type, 1, rows, steps, m);
        INDArray b = random(type, 2, rows, steps, n);
        INDArray c = filled(type, MARK, m, n);
        StridedMatMul.addATb(new Scratch(), a, b, c);

        double[] x = Vectors.toDoubles(a);
        double[] z = Vectors.toDoubles(b);
        double[] expected = new double[m * n];
        Arrays.fill(expected, MARK);
        for (int row = 0; row < rows * steps; row++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    expected[i * n + j] += x[row * m + i] * z[row * n + j];
                }
            }
        }
        assertClose(c, expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void productThatIsNotAddedIgnoresWhatWasThere(DataType type) {
        INDArray c = filled(type, Double.NaN, 2, 3, 5);
        StridedMatMul.ab(new Scratch(), random(type, 1, 2, 3, 4), random(type, 2, 4, 5), c);
        assertThat(Vectors.toDoubles(c)).doesNotContain(Double.NaN);
    }

    static Stream<Arguments> misfits() {
        DataType d = DataType.DOUBLE;
        return Stream.of(
                Arguments.of("inner lengths", random(d, 1, 2, 3, 4), random(d, 1, 5, 6), random(d, 1, 2, 3, 6)),
                Arguments.of("columns of C", random(d, 1, 2, 3, 4), random(d, 1, 4, 6), random(d, 1, 2, 3, 5)),
                Arguments.of("rows", random(d, 1, 2, 3, 4), random(d, 1, 4, 6), random(d, 1, 3, 3, 6)),
                Arguments.of("types", random(d, 1, 2, 3, 4), random(d, 1, 4, 6), random(DataType.FLOAT, 1, 2, 3, 6)),
                Arguments.of("rank of A", random(d, 1, 2, 4), random(d, 1, 4, 6), random(d, 1, 2, 3, 6)),
                Arguments.of("rank of B", random(d, 1, 2, 3, 4), random(d, 1, 4, 6, 1), random(d, 1, 2, 3, 6)),
                Arguments.of("rank of C", random(d, 1, 2, 3, 4), random(d, 1, 4, 6), random(d, 1, 2, 6)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void matricesThatDoNotFitAreRefused(String what, INDArray a, INDArray b, INDArray c) {
        Scratch s = new Scratch();
        assertThatThrownBy(() -> StridedMatMul.ab(s, a, b, c))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Arrays.toString(a.shape()))
                .hasMessageContaining("expected [rows, steps, k] times [k, n] into [rows, steps, n]");
        assertThatThrownBy(() -> StridedMatMul.ab(s, a, 0, b, c, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StridedMatMul.addATb(s, a, c, b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("into [m, n]");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void allStepsAtOnceNeedAsManyOnBothSides(DataType type) {
        INDArray a = random(type, 1, 2, 3, 4);
        INDArray c = random(type, 1, 2, 2, 4);
        assertThatThrownBy(() -> StridedMatMul.ab(new Scratch(), a, random(type, 2, 4, 4), c))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 3, 4]")
                .hasMessageContaining("[2, 2, 4]");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void stepsOutsideAreRefused(DataType type) {
        Scratch s = new Scratch();
        INDArray a = random(type, 1, 2, 3, 4);
        INDArray b = random(type, 2, 4, 4);
        INDArray c = random(type, 3, 2, 1, 4);
        for (int step : new int[] {-1, 3, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> StridedMatMul.ab(s, a, step, b, c, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("step " + step + " of an array [2, 3, 4]")
                    .hasMessageContaining("0 to 2");
        }
        assertThatThrownBy(() -> StridedMatMul.addAbT(s, a, 0, b, c, 1)).hasMessageContaining("0 to 0");
        assertThatThrownBy(() -> StridedMatMul.addAb(s, a, 0, b, c, -1)).hasMessageContaining("step -1");
    }
}
