package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class OverlapTest {

    private static INDArray rows(INDArray of, int from, int to) {
        return of.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    @Test
    void viewsOfTheSameElementsOverlap() {
        INDArray a = Memory.array(DataType.FLOAT, 4, 3);

        assertThat(Overlap.of(a, a)).isTrue();
        assertThat(Overlap.of(a, a.transpose())).isTrue();
        assertThat(Overlap.of(a, a.reshape(12))).isTrue();
        assertThat(Overlap.of(rows(a, 0, 3), rows(a, 2, 4))).isTrue();
        assertThat(Overlap.of(rows(a, 3, 4), a)).isTrue();
    }

    @Test
    void otherArraysAndOtherRowsDoNot() {
        INDArray a = Memory.array(DataType.DOUBLE, 4, 3);

        assertThat(Overlap.of(a, Memory.array(DataType.DOUBLE, 4, 3))).isFalse();
        assertThat(Overlap.of(rows(a, 0, 2), rows(a, 2, 4))).isFalse();
        assertThat(Overlap.of(rows(a, 2, 4), rows(a, 0, 2))).isFalse();
        assertThat(Overlap.of(a, Memory.array(DataType.DOUBLE, 0, 3))).isFalse();
    }

    @Test
    void closedArraysAreRefused() {
        INDArray open = Memory.array(DataType.FLOAT, 4, 3);
        INDArray closed = Memory.array(DataType.FLOAT, 4, 3);
        closed.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> Overlap.of(open, closed))
                .withMessageContaining("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> Overlap.of(closed, open))
                .withMessageContaining("closed");
    }
}
