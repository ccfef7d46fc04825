package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.TestArrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MemoryTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aVectorStartsAtZeroAndHasItsOwnType(DataType type) {
        INDArray vector = Memory.vector(type, 1000);

        assertThat(vector.dataType()).isEqualTo(type);
        assertThat(vector.shape()).containsExactly(1000);
        assertThat(Vectors.toDoubles(vector)).containsOnly(0);
    }

    @Test
    void aVectorOfNothingIsEmpty() {
        assertThat(Memory.vector(DataType.FLOAT, 0).isEmpty()).isTrue();
    }

    @Test
    void aVectorLongerThanAnIndexIsRejectedBeforeItIsAllocated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Memory.vector(DataType.FLOAT, 1L << 31))
                .withMessageContaining("2147483648 elements")
                .withMessageContaining("expected at most 2^31-1")
                .withMessageContaining("fix: ");
    }

    @Test
    void anArrayOfMoreElementsThanAnIndexIsRejectedToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Memory.array(DataType.FLOAT, 1 << 16, 1 << 15))
                .withMessageContaining("2147483648 elements");
    }

    @Test
    void aViewSharesMemoryInRowMajorOrder() {
        INDArray vector = TestArrays.vector(DataType.DOUBLE, 0, 1, 2, 3, 4, 5, 6, 7);

        INDArray view = Memory.view(vector, 1, 2, 3);

        assertThat(view.shape()).containsExactly(2, 3);
        assertThat(view.getDouble(1, 2)).isEqualTo(6);
        view.putScalar(new int[] {0, 1}, 20);
        assertThat(Vectors.toDoubles(vector)).containsExactly(0, 1, 20, 3, 4, 5, 6, 7);
    }

    @Test
    void aViewMayReachTheLastElement() {
        assertThat(Vectors.toDoubles(Memory.view(TestArrays.vector(DataType.FLOAT, 1, 2, 3), 1, 2)))
                .containsExactly(2, 3);
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "2, 2", "0, 4", "4, 1", "9223372036854775807, 1"})
    void aViewBeyondTheVectorIsRejected(long offset, long length) {
        INDArray vector = TestArrays.vector(DataType.FLOAT, 1, 2, 3);

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Memory.view(vector, offset, length))
                .withMessageContaining("of a vector of 3");
    }

    @Test
    void aViewOfAViewStartsWhereThatOneDoes() {
        INDArray vector = TestArrays.vector(DataType.FLOAT, 0, 1, 2, 3, 4, 5);
        INDArray view = Memory.view(vector, 2, 4);

        assertThat(Vectors.toDoubles(Memory.view(view, 1, 2))).containsExactly(3, 4);
    }

    @Test
    void anArrayIsItsCallersToClose() {
        INDArray array = Memory.array(DataType.DOUBLE, 2, 3);

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.ordering()).isEqualTo('c');
        assertThat(array.closeable()).isTrue();
    }

    @Test
    void aDenseArrayIsReturnedAsItIs() {
        INDArray array = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4}, 2, 2);

        assertThat(Memory.dense(DataType.FLOAT, array)).isSameAs(array);
        assertThat(Memory.dense(DataType.FLOAT, Memory.view(array, 2, 2))).isEqualTo(Memory.view(array, 2, 2));
    }

    @Test
    void anyOtherArrayBecomesANewDenseOne() {
        INDArray array = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4}, 2, 2);

        for (INDArray dense : List.of(
                Memory.dense(DataType.DOUBLE, array),
                Memory.dense(DataType.FLOAT, array.dup('f')),
                Memory.dense(DataType.DOUBLE, array.dup('f')),
                Memory.dense(DataType.FLOAT, Nd4j.createFromArray(new int[][] {{1, 2}, {3, 4}})))) {
            assertThat(Vectors.toDoubles(dense)).containsExactly(1, 2, 3, 4);
            dense.close();
        }
        assertThat(Vectors.toDoubles(Memory.dense(DataType.FLOAT, array.getColumn(1))))
                .containsExactly(2, 4);
        assertThat(array.wasClosed()).isFalse();
    }
}
