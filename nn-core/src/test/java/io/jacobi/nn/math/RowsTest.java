package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class RowsTest {

    private final Scratch scratch = new Scratch();

    @ParameterizedTest(name = "{0}: {1} rows of {2}")
    @CsvSource({
        "FLOAT, 1, 1",
        "DOUBLE, 1, 1",
        "FLOAT, 3, 5",
        "DOUBLE, 3, 5",
        "FLOAT, 700, 10",
        "DOUBLE, 700, 10",
        "FLOAT, 2, 2048",
        "FLOAT, 3, 2049",
        "DOUBLE, 3, 5000"
    })
    void fillAndAddSumAgreeWithLoops(DataType type, int rows, int columns) {
        double[] y = TestArrays.normals(1, rows * columns);
        double[] row = TestArrays.normals(2, columns);
        INDArray matrix = TestArrays.of(type, y, rows, columns);
        INDArray vector = TestArrays.vector(type, row);

        Rows.addSum(scratch, matrix, vector);

        double[] sum = row.clone();
        for (int i = 0; i < y.length; i++) {
            sum[i % columns] += y[i];
        }
        double rounding = type == DataType.FLOAT ? 1e-6 * (rows + 1) : 1e-15 * (rows + 1);
        assertThat(Vectors.toDoubles(vector)).as("row + its column sums").containsExactly(sum, within(rounding));
        assertThat(Vectors.toDoubles(matrix)).as("the matrix is only read").containsExactly(y, within(1e-6));

        Rows.fill(scratch, vector, matrix);

        double[] filled = new double[y.length];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = sum[i % columns];
        }
        assertThat(Vectors.toDoubles(matrix)).as("the row in every row").containsExactly(filled, within(rounding));
    }

    @Test
    void aMatrixOfHigherRankHasRowsBehindItsFirstIndex() {
        INDArray y = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 10, 20, 30, 40}, 2, 2, 2);
        INDArray row = TestArrays.of(DataType.FLOAT, new double[4], 2, 2);

        Rows.addSum(scratch, y, row);

        assertThat(Vectors.toDoubles(row)).containsExactly(11, 22, 33, 44);
    }

    @Test
    void aRowThatDoesNotDivideTheMatrixIsRejected() {
        INDArray y = TestArrays.normal(DataType.FLOAT, 1, 2, 3);
        INDArray row = TestArrays.vector(DataType.FLOAT, 1, 2, 3, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rows.fill(scratch, row, y))
                .withMessageContaining("A row of 4 elements does not divide a matrix of 6")
                .withMessageContaining("fix: ");
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.addSum(scratch, y, row));
    }
}
