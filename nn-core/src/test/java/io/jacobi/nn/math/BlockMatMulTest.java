package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.math.BlockMatMul.Size;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every form against three nested loops, on blocks with something before and after them. */
class BlockMatMulTest {

    private static final Size SIZE = new Size(3, 5, 4);
    private static final int LENGTH = 40;

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

    private interface Product {
        void run(INDArray a, INDArray b, INDArray c);
    }

    private void compare(DataType type, boolean transposeA, boolean transposeB, boolean add, Product product) {
        INDArray a = filled(type);
        INDArray b = filled(type);
        INDArray c = filled(type);
        double[] x = Vectors.toDoubles(a);
        double[] y = Vectors.toDoubles(b);
        double[] expected = Vectors.toDoubles(c);
        for (int i = 0; i < SIZE.m(); i++) {
            for (int j = 0; j < SIZE.n(); j++) {
                double sum = add ? expected[9 + i * SIZE.n() + j] : 0;
                for (int k = 0; k < SIZE.k(); k++) {
                    sum += x[7 + (transposeA ? k * SIZE.m() + i : i * SIZE.k() + k)]
                            * y[11 + (transposeB ? j * SIZE.k() + k : k * SIZE.n() + j)];
                }
                expected[9 + i * SIZE.n() + j] = sum;
            }
        }
        product.run(a, b, c);
        assertThat(Vectors.toDoubles(c)).containsExactly(expected);
        assertThat(Vectors.toDoubles(a)).containsExactly(x);
        assertThat(Vectors.toDoubles(b)).containsExactly(y);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void everyFormIsTheSumOfProducts(DataType type) {
        compare(type, false, false, false, (a, b, c) -> BlockMatMul.ab(scratch, SIZE, a, 7, b, 11, c, 9));
        compare(type, false, false, true, (a, b, c) -> BlockMatMul.addAb(scratch, SIZE, a, 7, b, 11, c, 9));
        compare(type, false, true, true, (a, b, c) -> BlockMatMul.addAbT(scratch, SIZE, a, 7, b, 11, c, 9));
        compare(type, true, false, false, (a, b, c) -> BlockMatMul.aTb(scratch, SIZE, a, 7, b, 11, c, 9));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void allThreeMayBePartsOfOneArray(DataType type) {
        INDArray all = Memory.vector(type, 7);
        Vectors.set(all, new double[] {2, 3, 5, 7, 0, 0, 1});
        // [2 3] times [5; 7]
        BlockMatMul.ab(scratch, new Size(1, 1, 2), all, 0, all, 2, all, 4);
        assertThat(Vectors.toDoubles(all)).containsExactly(2, 3, 5, 7, 31, 0, 1);
    }

    @Test
    void aBlockThatWouldLeaveItsArrayIsRefusedBeforeBlasSeesIt() {
        INDArray a = filled(DataType.FLOAT);
        int fits = LENGTH - SIZE.m() * SIZE.n();
        BlockMatMul.ab(scratch, SIZE, a, 0, filled(DataType.FLOAT), 0, filled(DataType.FLOAT), fits);
        assertThatThrownBy(() -> BlockMatMul.ab(scratch, SIZE, a, 0, a, 0, filled(DataType.FLOAT), fits + 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("C of 3 x 5")
                .hasMessageContaining("26 of 40");
        assertThatThrownBy(() -> BlockMatMul.ab(scratch, SIZE, a, 29, a, 0, filled(DataType.FLOAT), 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("A of 3 x 4");
        assertThatThrownBy(() -> BlockMatMul.ab(scratch, SIZE, a, 0, a, -1, filled(DataType.FLOAT), 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("B of 4 x 5");
        assertThatThrownBy(() -> BlockMatMul.ab(scratch, new Size(0, 5, 4), a, 0, a, 0, filled(DataType.FLOAT), 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void typesMustAgree() {
        INDArray a = filled(DataType.FLOAT);
        INDArray other = filled(DataType.DOUBLE);
        assertThatThrownBy(() -> BlockMatMul.ab(scratch, SIZE, a, 0, other, 0, filled(DataType.FLOAT), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT times DOUBLE into FLOAT");
        assertThatThrownBy(() -> BlockMatMul.ab(scratch, SIZE, a, 0, a, 0, other, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT times FLOAT into DOUBLE");
    }
}
