package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.math.PlacedMatMul.Place;
import io.jacobi.nn.math.PlacedMatMul.Size;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every way to lie against three nested loops, on matrices with gaps between their rows. */
class PlacedMatMulTest {

    private static final Size SIZE = new Size(3, 5, 4);
    private static final int LENGTH = 80;
    private static final Place ROWS = new Place(7, false);
    private static final Place COLUMNS = new Place(6, true);

    private final SplittableRandom random = new SplittableRandom(1);
    private final Scratch scratch = new Scratch();

    /** Whole numbers, whose products and sums are exact. */
    private INDArray filled(DataType type) {
        double[] values = new double[LENGTH];
        Arrays.setAll(values, i -> random.nextInt(-9, 10));
        INDArray array = Memory.vector(type, LENGTH);
        Vectors.set(array, values);
        return array;
    }

    private static int at(int start, Place place, int row, int column) {
        return start + (place.transposed() ? column * place.leading() + row : row * place.leading() + column);
    }

    private void compare(DataType type, Place aPlace, Place bPlace, boolean add, Place cPlace) {
        INDArray a = filled(type);
        INDArray b = filled(type);
        INDArray c = filled(type);
        double[] x = Vectors.toDoubles(a);
        double[] y = Vectors.toDoubles(b);
        double[] expected = Vectors.toDoubles(c);
        for (int i = 0; i < SIZE.m(); i++) {
            for (int j = 0; j < SIZE.n(); j++) {
                double sum = add ? expected[at(9, cPlace, i, j)] : 0;
                for (int k = 0; k < SIZE.k(); k++) {
                    sum += x[at(7, aPlace, i, k)] * y[at(11, bPlace, k, j)];
                }
                expected[at(9, cPlace, i, j)] = sum;
            }
        }
        PlacedMatMul.product(scratch, SIZE, a, 7, aPlace, b, 11, bPlace, add, c, 9, cPlace);
        assertThat(Vectors.toDoubles(c)).containsExactly(expected);
        assertThat(Vectors.toDoubles(a)).containsExactly(x);
        assertThat(Vectors.toDoubles(b)).containsExactly(y);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void everyPlaceIsTheSumOfProductsAndWhatLiesBetweenIsLeftAlone(DataType type) {
        for (Place a : new Place[] {ROWS, COLUMNS}) {
            for (Place b : new Place[] {ROWS, COLUMNS}) {
                for (Place c : new Place[] {ROWS, COLUMNS}) {
                    compare(type, a, b, false, c);
                    compare(type, a, b, true, c);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void allThreeMayBePartsOfOneArray(DataType type) {
        INDArray all = Memory.vector(type, 7);
        Vectors.set(all, new double[] {2, 3, 5, 7, 0, 0, 1});
        Place row = new Place(2, false);
        Place column = new Place(1, false);
        // [2 3] times [5; 7]
        PlacedMatMul.product(scratch, new Size(1, 1, 2), all, 0, row, all, 2, column, false, all, 4, column);
        assertThat(Vectors.toDoubles(all)).containsExactly(2, 3, 5, 7, 31, 0, 1);
    }

    @Test
    void aMatrixThatWouldLeaveItsArrayIsRefusedBeforeBlasSeesIt() {
        INDArray a = filled(DataType.FLOAT);
        INDArray c = filled(DataType.FLOAT);
        // the last row ends 2 * 7 + 5 elements behind the first
        int fits = LENGTH - 19;
        PlacedMatMul.product(scratch, SIZE, a, 0, ROWS, a, 0, ROWS, false, c, fits, ROWS);
        assertThatThrownBy(() -> PlacedMatMul.product(scratch, SIZE, a, 0, ROWS, a, 0, ROWS, false, c, fits + 1, ROWS))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("C of 3 x 5")
                .hasMessageContaining("at 62 with a leading dimension of 7")
                .hasMessageContaining("inside 80 elements");
        assertThatThrownBy(() -> PlacedMatMul.product(scratch, SIZE, a, 63, COLUMNS, a, 0, ROWS, false, c, 0, ROWS))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("A of 3 x 4");
        assertThatThrownBy(() -> PlacedMatMul.product(scratch, SIZE, a, 0, ROWS, a, -1, ROWS, false, c, 0, ROWS))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("B of 4 x 5");
    }

    @Test
    void rowsThatOverlapAreRefused() {
        INDArray a = filled(DataType.FLOAT);
        INDArray c = filled(DataType.FLOAT);
        assertThatThrownBy(() -> PlacedMatMul.product(
                        scratch, SIZE, a, 0, ROWS, a, 0, ROWS, false, c, 0, new Place(SIZE.n() - 1, false)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("leading dimension of 4");
    }

    @Test
    void typesMustAgree() {
        INDArray a = filled(DataType.FLOAT);
        INDArray b = filled(DataType.DOUBLE);
        assertThatThrownBy(() -> PlacedMatMul.product(scratch, SIZE, a, 0, ROWS, b, 0, ROWS, false, a, 0, ROWS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT times DOUBLE into FLOAT");
    }
}
