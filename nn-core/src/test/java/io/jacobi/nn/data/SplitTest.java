package io.jacobi.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Subsets and splits of ten examples, whose only feature is their index. */
class SplitTest {

    private static final float[] CLASSES = {0, 1, 0, 1, 0, 1, 0, 1, 0, 0};

    private static ArrayDataset ten(float... targets) {
        float[][] features = new float[targets.length][1];
        for (int i = 0; i < targets.length; i++) {
            features[i][0] = i;
        }
        return ArrayDataset.of(features, targets);
    }

    private static double[] features(Dataset data) {
        return read(data)[0];
    }

    private static double[] targets(Dataset data) {
        return read(data)[1];
    }

    private static double[][] read(Dataset data) {
        INDArray x = Memory.array(DataType.FLOAT, data.features().withBatch(data.size()));
        INDArray y = Memory.array(DataType.FLOAT, data.target().withBatch(data.size()));
        data.read(IntStream.range(0, data.size()).toArray(), 0, data.size(), x, y);
        return new double[][] {Vectors.toDoubles(x), Vectors.toDoubles(y)};
    }

    @Test
    void rowsAreTheseExamplesInThisOrder() {
        Subset rows = ten(CLASSES).rows(7, 2, 2);

        assertThat(rows.size()).isEqualTo(3);
        assertThat(features(rows)).containsExactly(7, 2, 2);
        assertThat(targets(rows)).containsExactly(1, 0, 0);
    }

    @Test
    void rowsOfRowsReadTheDataSet() {
        Subset rows = ten(CLASSES).rows(7, 2, 5).rows(2, 0);

        assertThat(features(rows)).containsExactly(5, 7);
        assertThat(rows.sourceRow(0)).isEqualTo(5);
    }

    @Test
    void aSubsetReadsPartsTargetsAndWeights() {
        Dataset rows = ten(CLASSES).withWeights(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).rows(7, 2, 5);
        INDArray two = Memory.vector(DataType.FLOAT, 2);

        assertThat(rows.weighted()).isTrue();
        rows.readWeights(new int[] {9, 2, 1}, 1, 2, two);
        assertThat(Vectors.toDoubles(two)).containsExactly(5, 2);
        rows.readTargets(new int[] {9, 2, 1}, 1, 2, two);
        assertThat(Vectors.toDoubles(two)).containsExactly(1, 0);
    }

    @Test
    void anIndexWithoutAnExampleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(CLASSES).rows(0, 10))
                .withMessageContainingAll("no example 10", "0 to 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(CLASSES).rows(3, 4).rows(-1))
                .withMessageContainingAll("no example -1", "0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(CLASSES).rows())
                .withMessageContaining("empty");
    }

    @Test
    void aShuffleIsAnOrderOfAllExamplesThatTheSeedDecides() {
        double[] order = features(ten(CLASSES).shuffled(7));

        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(order)
                .isEqualTo(features(ten(CLASSES).shuffled(7)))
                .isNotEqualTo(features(ten(CLASSES).shuffled(8)));
        assertThat(order)
                .isNotEqualTo(DoubleStream.iterate(0, i -> i + 1).limit(10).toArray());
    }

    @Test
    void aSplitKeepsTheOrder() {
        Split split = ten(CLASSES).split(0.75);

        assertThat(features(split.first())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(features(split.second())).containsExactly(8, 9);
    }

    @Test
    void aShuffledSplitHasEveryExampleOnce() {
        Split split = ten(CLASSES).shuffled(3).split(0.8);
        double[] all = DoubleStream.concat(
                        Arrays.stream(features(split.first())), Arrays.stream(features(split.second())))
                .toArray();

        assertThat(split.first().size()).isEqualTo(8);
        assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 80, Double.NaN})
    void aShareIsBetweenZeroAndOne(double share) {
        ArrayDataset data = ten(CLASSES);
        String message = "expected a number between 0 and 1";

        assertThatIllegalArgumentException().isThrownBy(() -> data.split(share)).withMessageContaining(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.stratifiedSplit(share, 1))
                .withMessageContaining(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.groupSplit(share, new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, 1))
                .withMessageContaining(message);
    }

    @Test
    void noPartIsEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(CLASSES).split(0.01))
                .withMessageContainingAll("is 0, and leaves 10", "fix: ");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aStratifiedSplitHasTheClassesInTheSameShares(long seed) {
        Split split = ten(CLASSES).stratifiedSplit(0.5, seed);

        // six of class 0 and four of class 1
        assertThat(targets(split.first())).containsExactlyInAnyOrder(0, 0, 0, 1, 1);
        assertThat(targets(split.second())).containsExactlyInAnyOrder(0, 0, 0, 1, 1);
        assertThat(features(split.first())).as("in the order of the data").isSorted();
    }

    @Test
    void eachPartHasAnExampleOfEachClass() {
        Split split = ten(0, 0, 0, 0, 0, 0, 0, 0, 1, 1).stratifiedSplit(0.9, 1);

        assertThat(targets(split.first())).containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(targets(split.second())).containsExactly(0, 1);
    }

    @Test
    void rowsOfTargetsAreClassesToo() {
        float[][] features = {{0}, {1}, {2}, {3}};
        float[][] oneHot = {{1, 0}, {0, 1}, {-0f, 1}, {1, 0}};
        Split split = ArrayDataset.of(features, oneHot).stratifiedSplit(0.5, 2);

        assertThat(targets(split.first()))
                .satisfiesAnyOf(
                        t -> assertThat(t).containsExactly(1, 0, 0, 1),
                        t -> assertThat(t).containsExactly(0, 1, 1, 0));
    }

    @Test
    void aClassWithOneExampleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(0, 0, 0, 2.5f, 0).stratifiedSplit(0.5, 1))
                .withMessageContainingAll("Example 3 alone has the target 2.5", "fix: ");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noGroupIsInBothParts(long seed) {
        int[] groups = {5, 5, 5, 9, 9, 9, 9, -1, 2, 2};
        Split split = ten(CLASSES).groupSplit(0.5, groups, seed);
        int[] first = Arrays.stream(features(split.first()))
                .mapToInt(i -> groups[(int) i])
                .distinct()
                .toArray();
        int[] second = Arrays.stream(features(split.second()))
                .mapToInt(i -> groups[(int) i])
                .distinct()
                .toArray();

        assertThat(first).hasSize(2).doesNotContain(second);
        assertThat(second).hasSize(2);
        assertThat(split.first().size() + split.second().size()).isEqualTo(10);
    }

    @Test
    void groupsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(CLASSES).groupSplit(0.5, new int[] {1, 2}, 1))
                .withMessageContaining("2 group numbers for 10 examples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ten(CLASSES).groupSplit(0.5, new int[10], 1))
                .withMessageContaining("All examples are of group 0");
    }
}
