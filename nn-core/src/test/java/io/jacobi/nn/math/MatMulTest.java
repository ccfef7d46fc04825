package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares every form with three plain loops. */
class MatMulTest {

    private static final DataType F = DataType.FLOAT;
    private static final DataType D = DataType.DOUBLE;

    private interface Product {
        void apply(Scratch s, INDArray a, INDArray b, INDArray c);
    }

    private record Form(String name, Product product, boolean transposesA, boolean transposesB, boolean adds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Form> FORMS = List.of(
            new Form("ab", MatMul::ab, false, false, false),
            new Form("abT", MatMul::abT, false, true, false),
            new Form("aTb", MatMul::aTb, true, false, false),
            new Form("addAb", MatMul::addAb, false, false, true),
            new Form("addAbT", MatMul::addAbT, false, true, true),
            new Form("addATb", MatMul::addATb, true, false, true));

    // a product of one row calls another function of BLAS
    private static final int[][] SIZES = {
        {1, 1, 1}, {1, 7, 1}, {5, 1, 3}, {1, 3, 4}, {1, 130, 67}, {3, 4, 1}, {7, 5, 3}, {33, 17, 65}
    };

    static Stream<Arguments> cases() {
        return FORMS.stream()
                .flatMap(form -> Stream.of(F, D)
                        .flatMap(type -> Stream.of(SIZES).map(s -> Arguments.of(form, type, s[0], s[1], s[2]))));
    }

    @ParameterizedTest(name = "{0} in {1}, m = {2}, k = {3}, n = {4}")
    @MethodSource("cases")
    void agreesWithThreeLoops(Form form, DataType type, int m, int k, int n) {
        INDArray a = viewInTheMiddle(type, 1, form.transposesA() ? k : m, form.transposesA() ? m : k);
        INDArray b = viewInTheMiddle(type, 2, form.transposesB() ? n : k, form.transposesB() ? k : n);
        INDArray c = viewInTheMiddle(type, 3, m, n);
        double[] expected = loops(form, a, b, c, m, k, n);

        form.product().apply(new Scratch(), a, b, c);

        assertThat(Vectors.toDoubles(c)).containsExactly(expected, within(type == F ? 2e-5 : 1e-13));
    }

    @Test
    void writesNothingBesideAView() {
        INDArray whole = TestArrays.vector(D, 9, 9, 9, 9, 9, 9, 9, 9);
        INDArray a = TestArrays.of(D, new double[] {1, 2}, 2, 1);

        MatMul.abT(new Scratch(), a, a, Memory.view(whole, 2, 2, 2));

        assertThat(Vectors.toDoubles(whole)).containsExactly(9, 9, 1, 2, 2, 4, 9, 9);
    }

    @ParameterizedTest(name = "{0} x 2 of {1}")
    @CsvSource({"1, FLOAT", "1, DOUBLE", "2, FLOAT", "2, DOUBLE"})
    void aProductThatOverwritesIgnoresANanInTheResult(int rows, DataType type) {
        INDArray b = TestArrays.of(type, new double[] {1, 2, 3, 4}, 2, 2);
        INDArray a = Memory.view(b, 0, rows, 2);
        INDArray c = Memory.array(type, rows, 2);
        Vectors.fill(new Scratch(), c, Double.NaN);

        MatMul.ab(new Scratch(), a, b, c);

        assertThat(Vectors.toDoubles(c)).startsWith(7, 10);
    }

    @ParameterizedTest(name = "{0} in {1}, m = {2}, k = {3}, n = {4}")
    @MethodSource("cases")
    void anArrayOfHigherRankIsTheMatrixOfItsRows(Form form, DataType type, int m, int k, int n) {
        // the factors and the result of a plain product, seen with more dimensions
        INDArray a = TestArrays.normal(type, 1, form.transposesA() ? 6L * k : 6L * m, form.transposesA() ? m : k);
        INDArray b = TestArrays.normal(
                type, 2, form.transposesA() ? 6L * k : form.transposesB() ? n : k, form.transposesB() ? k : n);
        INDArray c = TestArrays.normal(type, 3, form.transposesA() ? m : 6L * m, n);
        INDArray expected = c.dup();
        form.product().apply(new Scratch(), a, b, expected);

        form.product()
                .apply(new Scratch(), split(a), form.transposesA() ? split(b) : b, form.transposesA() ? c : split(c));

        assertThat(Vectors.toDoubles(c)).containsExactly(Vectors.toDoubles(expected));
    }

    /** The rows of a matrix in three dimensions, [2, rows / 6, 3]. */
    private static INDArray split(INDArray matrix) {
        return Memory.view(matrix, 0, 2, matrix.size(0) / 6, 3, matrix.size(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void zeroTimesInfinityIsNotZero(DataType type) {
        INDArray row = TestArrays.of(type, new double[] {0, 1}, 1, 2);
        INDArray b = TestArrays.of(type, new double[] {Double.POSITIVE_INFINITY, 1, 1, 1}, 2, 2);
        INDArray c = Memory.array(type, 1, 2);

        MatMul.ab(new Scratch(), row, b, c);

        assertThat(Vectors.toDoubles(c)).containsExactly(Double.NaN, 1);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("inner sizes", matrix(F, 2, 3), matrix(F, 4, 5), matrix(F, 2, 5)),
                Arguments.of("rows of C", matrix(F, 2, 3), matrix(F, 3, 5), matrix(F, 3, 5)),
                Arguments.of("columns of C", matrix(F, 2, 3), matrix(F, 3, 5), matrix(F, 2, 4)),
                Arguments.of("type of A", matrix(D, 2, 3), matrix(F, 3, 5), matrix(F, 2, 5)),
                Arguments.of("type of B", matrix(F, 2, 3), matrix(D, 3, 5), matrix(F, 2, 5)),
                Arguments.of("type of C", matrix(F, 2, 3), matrix(F, 3, 5), matrix(D, 2, 5)),
                Arguments.of("rank 3 of B", matrix(F, 2, 3), matrix(F, 3, 5, 1), matrix(F, 2, 5)),
                Arguments.of("rank of A", matrix(F, 2, 1, 3), matrix(F, 3, 5), matrix(F, 2, 5)),
                Arguments.of("rank of C", matrix(F, 2, 3), matrix(F, 3, 5), matrix(F, 2, 1, 5)),
                Arguments.of("steps of C", matrix(F, 2, 3, 4), matrix(F, 4, 5), matrix(F, 2, 2, 5)),
                Arguments.of("order of dimensions", matrix(F, 2, 3, 4), matrix(F, 4, 5), matrix(F, 3, 2, 5)),
                Arguments.of("columns, rank 3", matrix(F, 2, 3, 4), matrix(F, 4, 5), matrix(F, 2, 3, 6)),
                Arguments.of("rank 1", TestArrays.vector(F, 1, 2), matrix(F, 1, 2), matrix(F, 2, 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void matricesThatDoNotFitAreRejectedBeforeBlasReadsPastTheirEnd(String what, INDArray a, INDArray b, INDArray c) {
        assertThatIllegalArgumentException()
                .as(what)
                .isThrownBy(() -> MatMul.ab(new Scratch(), a, b, c))
                .withMessageContaining("Matrices do not fit: ")
                .withMessageContaining("expected [m, k] times [k, n] into [m, n], all of one data type");
    }

    @Test
    void theErrorShowsWhichFactorIsTransposed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MatMul.addATb(new Scratch(), matrix(F, 4, 2), matrix(F, 3, 5), matrix(F, 2, 5)))
                .withMessageContaining("FLOAT [4, 2]ᵀ times FLOAT [3, 5] into FLOAT [2, 5]")
                .withMessageContaining("the rows of A and B may have several dimensions");
    }

    @Test
    void aSumOverRowsNeedsTheSameRowsOnBothSides() {
        INDArray c = matrix(F, 4, 5);
        for (INDArray b : List.of(matrix(F, 3, 2, 5), matrix(F, 2, 4, 5), matrix(F, 6, 5))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MatMul.addATb(new Scratch(), matrix(F, 2, 3, 4), b, c))
                    .withMessageContaining("FLOAT [2, 3, 4]ᵀ times ");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> MatMul.aTb(new Scratch(), matrix(F, 2, 3, 4), matrix(F, 2, 3, 5), matrix(F, 1, 4, 5)));
    }

    private static INDArray matrix(DataType type, long... shape) {
        return TestArrays.normal(type, 1, shape);
    }

    private static INDArray viewInTheMiddle(DataType type, long seed, int rows, int columns) {
        return Memory.view(TestArrays.normal(type, seed, rows * columns + 11), 7, rows, columns);
    }

    private static double[] loops(Form form, INDArray a, INDArray b, INDArray c, int m, int k, int n) {
        double[] x = Vectors.toDoubles(a);
        double[] y = Vectors.toDoubles(b);
        double[] z = form.adds() ? Vectors.toDoubles(c) : new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) {
                    double left = x[form.transposesA() ? l * m + i : i * k + l];
                    double right = y[form.transposesB() ? j * k + l : l * n + j];
                    z[i * n + j] += left * right;
                }
            }
        }
        return z;
    }
}
