package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.math.PlacedMatMul.Place;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares all combinations of places with three nested loops, on matrices with gaps between their rows. */
class PlacedMatMulTest {

    private static final int M = 3;
    private static final int N = 5;
    private static final int K = 4;
    private static final int LENGTH = 80;

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

    /** A place with rows 7 elements apart, or with columns 6 elements apart. */
    private static Place place(int rows, int columns, boolean transposed) {
        return transposed ? new Place(rows, columns, 6, true) : new Place(rows, columns, 7);
    }

    private static final PlacedMatMul IN_ROWS =
            PlacedMatMul.of(place(M, K, false), place(K, N, false), place(M, N, false));

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
        for (int i = 0; i < M; i++) {
            for (int j = 0; j < N; j++) {
                double sum = add ? expected[at(9, cPlace, i, j)] : 0;
                for (int k = 0; k < K; k++) {
                    sum += x[at(7, aPlace, i, k)] * y[at(11, bPlace, k, j)];
                }
                expected[at(9, cPlace, i, j)] = sum;
            }
        }
        PlacedMatMul product = PlacedMatMul.of(aPlace, bPlace, cPlace);
        if (add) {
            product.addAb(scratch, a, 7, b, 11, c, 9);
        } else {
            product.ab(scratch, a, 7, b, 11, c, 9);
        }
        assertThat(Vectors.toDoubles(c)).containsExactly(expected);
        assertThat(Vectors.toDoubles(a)).containsExactly(x);
        assertThat(Vectors.toDoubles(b)).containsExactly(y);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void everyCombinationOfPlacesIsTheSumOfProductsAndLeavesGapsAlone(DataType type) {
        for (boolean a : new boolean[] {false, true}) {
            for (boolean b : new boolean[] {false, true}) {
                for (boolean c : new boolean[] {false, true}) {
                    compare(type, place(M, K, a), place(K, N, b), false, place(M, N, c));
                    compare(type, place(M, K, a), place(K, N, b), true, place(M, N, c));
                }
            }
        }
    }

    @Test
    void aTransposeExchangesRowsAndColumnsOfTheSameElements() {
        Place place = new Place(2, 3, 10);
        assertThat(place.transpose()).isEqualTo(new Place(3, 2, 10, true));
        assertThat(place.transpose().transpose()).isEqualTo(place);
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(at(0, place.transpose(), column, row)).isEqualTo(at(0, place, row, column));
            }
        }
        assertThat(Place.dense(2, 3)).isEqualTo(new Place(2, 3, 3, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void allThreeMayBePartsOfOneArray(DataType type) {
        INDArray all = Memory.vector(type, 7);
        Vectors.set(all, new double[] {2, 3, 5, 7, 0, 0, 1});
        // [2 3] times [5; 7]
        PlacedMatMul.of(Place.dense(1, 2), Place.dense(2, 1), Place.dense(1, 1)).ab(scratch, all, 0, all, 2, all, 4);
        assertThat(Vectors.toDoubles(all)).containsExactly(2, 3, 5, 7, 31, 0, 1);
    }

    @Test
    void aMatrixThatWouldLeaveItsArrayIsRefusedBeforeBlasSeesIt() {
        INDArray a = filled(DataType.FLOAT);
        INDArray c = filled(DataType.FLOAT);
        // the last row ends 2 * 7 + 5 elements behind the first
        int fits = LENGTH - 19;
        IN_ROWS.ab(scratch, a, 0, a, 0, c, fits);
        assertThatThrownBy(() -> IN_ROWS.ab(scratch, a, 0, a, 0, c, fits + 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("C of 3 x 5")
                .hasMessageContaining("at 62 with a leading dimension of 7")
                .hasMessageContaining("inside the 80 elements");
        PlacedMatMul columns = PlacedMatMul.of(place(M, K, true), place(K, N, false), place(M, N, false));
        // the last column ends 3 * 6 + 3 elements behind the first
        columns.addAb(scratch, a, 59, a, 0, c, 0);
        assertThatThrownBy(() -> columns.addAb(scratch, a, 60, a, 0, c, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("A of 3 x 4");
        assertThatThrownBy(() -> IN_ROWS.ab(scratch, a, 0, a, -1, c, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("B of 4 x 5");
    }

    @Test
    void rowsThatOverlapAreRefused() {
        assertThatThrownBy(() -> new Place(M, N, N - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 x 5")
                .hasMessageContaining("leading dimension of 4")
                .hasMessageContaining("no two rows overlap");
        assertThatThrownBy(() -> new Place(M, N, M - 1, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leading dimension of 2")
                .hasMessageContaining("no two columns overlap");
        assertThatThrownBy(() -> new Place(-1, N, N)).hasMessageContaining("sizes of at least 0");
    }

    @Test
    void sizesMustAgree() {
        Place a = Place.dense(M, K);
        Place b = Place.dense(K, N);
        Place c = Place.dense(M, N);
        assertThatThrownBy(() -> PlacedMatMul.of(a, b.transpose(), c))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 x 4 times 5 x 4 into 3 x 5");
        assertThatThrownBy(() -> PlacedMatMul.of(a, b, c.transpose())).hasMessageContaining("into 5 x 3");
        assertThatThrownBy(() -> PlacedMatMul.of(a, b, Place.dense(M, N + 1))).hasMessageContaining("into 3 x 6");
        assertThatThrownBy(() -> PlacedMatMul.of(Place.dense(M, 0), Place.dense(0, N), c))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 x 0");
    }

    @Test
    void typesMustAgree() {
        INDArray a = filled(DataType.FLOAT);
        INDArray b = filled(DataType.DOUBLE);
        assertThatThrownBy(() -> IN_ROWS.ab(scratch, a, 0, b, 0, a, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT times DOUBLE into FLOAT");
    }
}
