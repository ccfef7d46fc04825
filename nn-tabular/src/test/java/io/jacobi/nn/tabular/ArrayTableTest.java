package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ArrayTableTest {

    private static INDArray array(DataType type, double[] values, long... shape) {
        return Vectors.of(type, values, shape);
    }

    private static List<List<?>> rows(Table table) throws IOException {
        List<List<?>> rows = new ArrayList<>();
        table.forEach((index, cells) -> rows.add(cells));
        return rows;
    }

    @Test
    void aRowHasItsFeaturesAndItsTargets() throws IOException {
        ArrayTable table = ArrayTable.of("a.npz", array(DataType.FLOAT, new double[] {0.1, 2, 3, 4}, 2, 2))
                .withTarget(7, 8);

        assertThat(table.columns()).containsExactly("x0", "x1", "y");
        assertThat(rows(table)).isEqualTo(List.of(List.of(0.1f, 2f, 7), List.of(3f, 4f, 8)));
        assertThat(table).hasToString("a.npz, 2 rows of 2 numbers");
    }

    @Test
    void severalTargetsAreSeveralColumns() throws IOException {
        ArrayTable table = ArrayTable.of("a.npz", array(DataType.DOUBLE, new double[] {0.1, 3}, 2, 1))
                .withTarget(array(DataType.DOUBLE, new double[] {1, 2, 3, 4}, 2, 2));

        assertThat(table.columns()).containsExactly("x0", "y0", "y1");
        assertThat(rows(table)).isEqualTo(List.of(List.of(0.1, 1.0, 2.0), List.of(3.0, 3.0, 4.0)));
        assertThat(ArrayTable.of("a.npz", array(DataType.FLOAT, new double[] {1}, 1, 1))
                        .withTarget(array(DataType.FLOAT, new double[] {1}, 1))
                        .columns())
                .containsExactly("x0", "y");
    }

    @Test
    void arraysThatDoNotBelongTogetherAreRefused() {
        INDArray x = array(DataType.FLOAT, new double[] {1, 2, 3, 4}, 2, 2);
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> ArrayTable.of("a.npz", x).withTarget(1, 2, 3))
                .withMessageContaining("a.npz has 3 targets for 2 rows");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> ArrayTable.of("a.npz", array(DataType.FLOAT, new double[] {1, 2}, 2)))
                .withMessageContaining("features of shape [2]");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() ->
                        ArrayTable.of("a.npz", x).withTarget(array(DataType.FLOAT, new double[] {1, 2}, 2, 1, 1)))
                .withMessageContaining("targets of shape [2, 1, 1]");
    }

    @Test
    void anErrorNamesTheRow() {
        ArrayTable table = ArrayTable.of("a.npz", array(DataType.FLOAT, new double[] {1, 2}, 2, 1));
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> table.forEach((index, cells) -> {
                    throw new TableException("bad", "good", "better");
                }))
                .withMessageStartingWith("a.npz, row 0: bad");
    }
}
