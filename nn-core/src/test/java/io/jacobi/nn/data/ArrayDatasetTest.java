package io.jacobi.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayDatasetTest {

    private static final INDArray FEATURES =
            TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 3, 2, 2);
    private static final INDArray LABELS = TestArrays.vector(DataType.FLOAT, 0, 1, 2);

    /** Rows 2 and 0, features then target. */
    private static double[] lastAndFirst(Dataset data, DataType type) {
        INDArray x = Memory.vector(type, 2 * data.features().size());
        INDArray y = Memory.vector(type, 2 * data.target().size());
        data.read(new int[] {9, 2, 0, 9}, 1, 2, x, y);
        double[] all = new double[(int) (x.length() + y.length())];
        System.arraycopy(Vectors.toDoubles(x), 0, all, 0, (int) x.length());
        System.arraycopy(Vectors.toDoubles(y), 0, all, (int) x.length(), (int) y.length());
        return all;
    }

    @Test
    void hasSizeAndShapes() {
        ArrayDataset data = ArrayDataset.of(FEATURES, LABELS);

        assertThat(data.size()).isEqualTo(3);
        assertThat(data.features()).isEqualTo(Shape.of(2, 2));
        assertThat(data.target()).isEqualTo(Shape.of());
    }

    @ParameterizedTest(name = "{0} data into {1} buffers")
    @CsvSource({"FLOAT, FLOAT", "FLOAT, DOUBLE", "DOUBLE, FLOAT", "DOUBLE, DOUBLE", "INT, FLOAT", "INT, DOUBLE"})
    void readsTheGivenRowsIntoEitherType(DataType stored, DataType read) {
        ArrayDataset data = ArrayDataset.of(FEATURES.castTo(stored), LABELS.castTo(stored));

        assertThat(lastAndFirst(data, read)).containsExactly(9, 10, 11, 12, 1, 2, 3, 4, 2, 0);
    }

    @Test
    void takesArraysInAnyOrderOrStrides() {
        INDArray columnMajor = FEATURES.dup('f');
        INDArray everyOther = TestArrays.vector(DataType.FLOAT, 0, 9, 1, 9, 2, 9)
                .reshape(3, 2)
                .getColumn(0);

        assertThat(lastAndFirst(ArrayDataset.of(columnMajor, everyOther), DataType.FLOAT))
                .containsExactly(9, 10, 11, 12, 1, 2, 3, 4, 2, 0);
    }

    @Test
    void targetsMayBeRows() {
        ArrayDataset data = ArrayDataset.of(LABELS, FEATURES);

        assertThat(data.features()).isEqualTo(Shape.of());
        assertThat(data.target()).isEqualTo(Shape.of(2, 2));
        assertThat(lastAndFirst(data, DataType.FLOAT)).containsExactly(2, 0, 9, 10, 11, 12, 1, 2, 3, 4);
    }

    @Test
    void usableArraysAreNotCopied() {
        INDArray features = FEATURES.dup();
        ArrayDataset data = ArrayDataset.of(features, LABELS);
        Span.of(features).set(0, 100);

        assertThat(lastAndFirst(data, DataType.FLOAT)[4]).isEqualTo(100);
    }

    @Test
    void heapRowsBecomeAnArray() {
        ArrayDataset data = ArrayDataset.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {7, 8, 9});

        assertThat(data.features()).isEqualTo(Shape.of(2));
        assertThat(lastAndFirst(data, DataType.DOUBLE)).containsExactly(5, 6, 1, 2, 9, 7);
    }

    @Test
    void reshapeSeesTheSameExamples() {
        ArrayDataset flat = ArrayDataset.of(FEATURES, LABELS).reshape(Shape.of(4));

        assertThat(flat.features()).isEqualTo(Shape.of(4));
        assertThat(lastAndFirst(flat, DataType.FLOAT)).containsExactly(9, 10, 11, 12, 1, 2, 3, 4, 2, 0);
        assertThatThrownBy(() -> flat.reshape(Shape.of(5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expects  4 elements, as in [4]")
                .hasMessageContaining("received [5], 5 elements");
    }

    @Test
    void takeKeepsTheFirst() {
        ArrayDataset data = ArrayDataset.of(FEATURES, LABELS);

        assertThat(data.take(2).size()).isEqualTo(2);
        assertThat(data.take(3).features()).isEqualTo(data.features());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4})
    void takeRejectsMoreExamplesThanThereAre(int n) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrayDataset.of(FEATURES, LABELS).take(n))
                .withMessage("Cannot take " + n + " examples of 3\n  expected 1 to 3");
    }

    @Test
    void anEmptyDataSetIsRejected() {
        String message = "The data set is empty\n  expected at least one example";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrayDataset.of(Nd4j.empty(DataType.FLOAT), LABELS))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrayDataset.of(new float[0][2], new int[0]))
                .withMessage(message);
    }

    @Test
    void featuresAndTargetsOfDifferentNumbersAreRejected() {
        assertThatThrownBy(() -> ArrayDataset.of(FEATURES, TestArrays.vector(DataType.FLOAT, 0, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("""
                        features and targets differ in number
                          expects  3 targets, one for each example
                          received 2 targets
                          fix: check that features and targets belong together""");
        assertThatThrownBy(() -> ArrayDataset.of(FEATURES, Nd4j.empty(DataType.FLOAT)))
                .hasMessageContaining("received none");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void rowsAndLabelsOfDifferentNumbersAreRejected(int labels) {
        assertThatThrownBy(() -> ArrayDataset.of(new float[2][3], new int[labels]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("features and targets differ in number")
                .hasMessageContaining("expects  2 targets");
    }

    @Test
    void rowsOfDifferentLengthsOrWithoutValuesAreRejected() {
        assertThatThrownBy(() -> ArrayDataset.of(new float[][] {{1, 2}, {3}}, new int[2]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("row 1 of the features differs in length")
                .hasMessageContaining("expects  2 values, as in row 0")
                .hasMessageContaining("received 1 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrayDataset.of(new float[2][0], new int[2]))
                .withMessageContaining("no features");
    }

    @Test
    void closedArraysAreRefusedBeforeTheyAreRead() {
        for (int closed = 0; closed < 2; closed++) {
            INDArray[] own = {FEATURES.dup(), LABELS.dup()};
            ArrayDataset data =
                    ArrayDataset.of(own[0], own[1]).reshape(Shape.of(4)).take(2).withWeights(1, 1);
            own[closed].close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> lastAndFirst(data, DataType.FLOAT))
                    .withMessageContainingAll(
                            "The " + (closed == 0 ? "feature" : "target") + " array of the data set is closed",
                            "fix: close the arrays after the last use of the data set");
        }
    }

    @Test
    void aDataSetOfAClosedArrayIsRefused() {
        INDArray features = FEATURES.dup();
        INDArray view = features.reshape(3, 4);
        features.close();

        for (INDArray closed : List.of(features, view)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ArrayDataset.of(closed, LABELS))
                    .withMessageContaining("is closed");
        }
    }

    @Test
    void aDataSetOfCopiesDoesNotNeedTheArrays() {
        INDArray columnMajor = FEATURES.dup('f');
        INDArray integers = LABELS.castTo(DataType.INT32);
        ArrayDataset data = ArrayDataset.of(columnMajor, integers);
        columnMajor.close();
        integers.close();

        assertThat(lastAndFirst(data, DataType.FLOAT)).containsExactly(9, 10, 11, 12, 1, 2, 3, 4, 2, 0);
    }

    /** 2^24 + 1 is the first integer that is no float. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT", "UINT32", "LONG", "UINT64"})
    void integersKeepAllTheirDigits(DataType type) {
        INDArray integers =
                Nd4j.createFromArray(0L, 16_777_217L, 2_000_000_011L).castTo(type);

        assertThat(lastAndFirst(ArrayDataset.of(integers, integers), DataType.DOUBLE))
                .containsExactly(2_000_000_011, 0, 2_000_000_011, 0);
        assertThat(lastAndFirst(ArrayDataset.of(new float[3][1], new int[] {0, 1, 16_777_217}), DataType.DOUBLE))
                .as("labels")
                .containsExactly(0, 0, 16_777_217, 0);
    }

    @Test
    void aLongUpToTwoToThe53IsExact() {
        INDArray longs = Nd4j.createFromArray((1L << 53) - 1, 0L, -(1L << 53));

        assertThat(lastAndFirst(ArrayDataset.of(longs, longs), DataType.DOUBLE))
                .containsExactly(-0x1p53, 0x1p53 - 1, -0x1p53, 0x1p53 - 1);
    }

    @Test
    void aRowThatIsNotFiniteIsNamedWithItsElement() {
        INDArray features = FEATURES.dup();
        Vectors.set(features, new double[] {1, 2, 3, 4, 5, 6, Double.NaN, 8, 9, 10, 11, Double.NEGATIVE_INFINITY});
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, 1, Double.NaN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrayDataset.of(features, LABELS).requireFinite())
                .withMessage("In row 1 of the data set, feature[1, 0] is NaN"
                        + "\n  expected a number that is neither NaN nor infinite"
                        + "\n  fix: correct the row, leave it out, or give it the weight 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ArrayDataset.of(features, LABELS).withWeights(1, 0, 1).requireFinite())
                .withMessageContaining("In row 2 of the data set, feature[1, 1] is -Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrayDataset.of(LABELS, targets).requireFinite())
                .withMessageContaining("In row 2 of the data set, target is NaN");
        assertThat(ArrayDataset.of(features, targets)
                        .withWeights(1, 0, 0)
                        .requireFinite()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void readsTargetsAlone() {
        INDArray y = Memory.vector(DataType.FLOAT, 2);
        ArrayDataset.of(FEATURES, LABELS).readTargets(new int[] {9, 2, 0}, 1, 2, y);

        assertThat(Vectors.toDoubles(y)).containsExactly(2, 0);
    }

    @Test
    void takesNumbersAsTargets() {
        ArrayDataset data = ArrayDataset.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[] {0.5f, -1.5f, 7});

        assertThat(data.target()).isEqualTo(Shape.of());
        assertThat(lastAndFirst(data, DataType.FLOAT)).containsExactly(5, 6, 1, 2, 7, 0.5);
    }

    @Test
    void takesRowsAsTargets() {
        ArrayDataset data =
                ArrayDataset.of(new float[][] {{1}, {2}, {3}}, new float[][] {{0.5f, 1}, {1.5f, 2}, {2.5f, 3}});

        assertThat(data.target()).isEqualTo(Shape.of(2));
        assertThat(lastAndFirst(data, DataType.DOUBLE)).containsExactly(3, 1, 2.5, 3, 0.5, 1);
    }

    @Test
    void rowsOfTargetsHaveOneLength() {
        float[][] features = {{1}, {2}};

        assertThatThrownBy(() -> ArrayDataset.of(features, new float[][] {{1, 2}, {3}}))
                .hasMessageContainingAll("row 1 of the targets differs in length", "2 values", "received 1 values");
        assertThatThrownBy(() -> ArrayDataset.of(features, new float[][] {{}, {}}))
                .hasMessageContaining("no targets");
        assertThatThrownBy(() -> ArrayDataset.of(features, new float[] {1}))
                .hasMessageContainingAll("2 targets", "received 1 targets");
        assertThatThrownBy(() -> ArrayDataset.of(new float[0][], new float[0])).hasMessageContaining("empty");
    }
}
