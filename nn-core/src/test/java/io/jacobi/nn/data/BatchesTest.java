package io.jacobi.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class BatchesTest {

    private static Dataset examples(int size) {
        return ArrayDataset.of(new float[size][1], new int[size]);
    }

    private static int[] order(Batches batches, long epoch) {
        return batches.epoch(epoch).stream()
                .flatMapToInt(b -> Arrays.stream(b.rows(), b.from(), b.from() + b.size()))
                .toArray();
    }

    @ParameterizedTest(name = "{0} examples by {1}: {2} batches, the last of {3}")
    @CsvSource({"10, 3, 4, 1", "9, 3, 3, 3", "2, 5, 1, 2", "1, 1, 1, 1", "1000, 64, 16, 40"})
    void everyExampleIsInOneBatchOfEachEpoch(int size, int batchSize, int count, int last) {
        Batches batches = Batches.shuffled(examples(size), batchSize, 1);

        assertThat(batches.count()).isEqualTo(count);
        for (long epoch = 0; epoch < 3; epoch++) {
            List<Batch> cut = batches.epoch(epoch);
            assertThat(cut).hasSize(count);
            assertThat(cut.subList(0, count - 1)).allMatch(b -> b.size() == batchSize);
            assertThat(cut.get(count - 1).size()).as("the short batch is used").isEqualTo(last);
            assertThat(order(batches, epoch))
                    .as("epoch %d", epoch)
                    .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
        }
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpoch() {
        Batches batches = Batches.shuffled(examples(100), 7, 42);
        int[] third = order(Batches.shuffled(examples(100), 7, 42), 3);

        assertThat(order(batches, 3))
                .as("independent of the epochs asked for before")
                .isEqualTo(third);
        assertThat(order(batches, 4)).as("another epoch").isNotEqualTo(third);
        assertThat(order(Batches.shuffled(examples(100), 7, 43), 3))
                .as("another seed")
                .isNotEqualTo(third);
        assertThat(order(Batches.shuffled(examples(100), 13, 42), 3))
                .as("the batch size does not change the order")
                .isEqualTo(third);
    }

    @Test
    void everyOrderOfThreeIsEquallyLikely() {
        Batches batches = Batches.shuffled(examples(3), 3, 1);
        int[] counts = new int[9];
        for (int epoch = 0; epoch < 6000; epoch++) {
            int[] order = order(batches, epoch);
            counts[order[0] * 3 + order[1]]++;
        }

        // 1000 of each of the six expected, with a standard deviation of 29
        assertThat(Arrays.stream(counts).filter(c -> c > 0)).hasSize(6).allMatch(c -> Math.abs(c - 1000) < 150);
    }

    @Test
    void inOrderIsTheDataSetsOwnOrder() {
        assertThat(order(Batches.inOrder(examples(10), 4), 5))
                .isEqualTo(IntStream.range(0, 10).toArray());
    }

    @Test
    void onlySomeExamplesAreShuffledAsIfThereWereNoOthers() {
        int[] some = {1, 3, 4, 8, 9};
        Batches batches = Batches.shuffled(examples(10), 2, 42).only(some);
        int[] alone = order(Batches.shuffled(examples(5), 2, 42), 7);

        assertThat(batches.count()).isEqualTo(3);
        assertThat(order(batches, 7))
                .isEqualTo(Arrays.stream(alone).map(i -> some[i]).toArray());
        Batch second = batches.epoch(7).get(1);
        assertThat(second.row(1)).isEqualTo(order(batches, 7)[3]);
        assertThatIllegalArgumentException()
                .isThrownBy(batches::only)
                .withMessageContaining("No example of the data set counts");
    }

    @Test
    void rejectsEmptyBatches() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.shuffled(examples(3), 0, 1))
                .withMessage("The batch size is 0\n  expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.inOrder(new Nothing(), 1))
                .withMessageContaining("The data set is empty");
    }

    @Test
    void aBatchOfArraysHoldsThemInOrder() {
        Batch batch = Batch.of(
                TestArrays.of(DataType.DOUBLE, new double[] {1, 2, 3, 4, 5, 6}, 3, 2),
                TestArrays.vector(DataType.DOUBLE, 7, 8, 9));
        INDArray x = TestArrays.of(DataType.FLOAT, new double[4], 2, 2);
        INDArray y = TestArrays.vector(DataType.FLOAT, 0, 0);

        batch.read(1, 2, x, y);

        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.features()).isEqualTo(Shape.of(2));
        assertThat(x.toFloatMatrix()).isDeepEqualTo(new float[][] {{3, 4}, {5, 6}});
        assertThat(y.toFloatVector()).containsExactly(8, 9);
    }

    private record Nothing() implements Dataset {

        @Override
        public int size() {
            return 0;
        }

        @Override
        public Shape features() {
            return Shape.of(1);
        }

        @Override
        public Shape target() {
            return Shape.of();
        }

        @Override
        public void read(int[] rows, int from, int count, INDArray features, INDArray targets) {
            throw new UnsupportedOperationException();
        }
    }
}
