package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ChannelsTest {

    /** batch, channels, positions; some longer than a tile, some with channels that end inside a tile. */
    private static final int[][] SIZES = {{1, 1, 1}, {3, 5, 1}, {2, 3, 4}, {2, 3, 1500}, {2, 2, 5000}, {3, 3000, 1}};

    private static INDArray filled(DataType type, int... shape) {
        int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        INDArray array = Memory.view(
                Memory.vector(type, length),
                0,
                Arrays.stream(shape).asLongStream().toArray());
        SplittableRandom random = new SplittableRandom(length);
        double[] values = new double[length];
        Arrays.setAll(values, i -> random.nextInt(-9, 10));
        Vectors.set(array, values);
        return array;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void fillsEachChannelOfOneImage(DataType type) {
        for (int[] size : SIZES) {
            int image = size[1] * size[2];
            INDArray y = filled(type, size);
            INDArray values = filled(type, size[1]);
            int last = (size[0] - 1) * image;
            double[] expected = Vectors.toDoubles(y);
            double[] value = Vectors.toDoubles(values);
            for (int i = 0; i < image; i++) {
                expected[last + i] = value[i / size[2]];
            }
            Channels.fill(new Scratch(), values, y, last, size[2]);
            assertThat(Vectors.toDoubles(y)).as(Arrays.toString(size)).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void addsTheSumOverBatchAndPositions(DataType type) {
        for (int[] size : SIZES) {
            INDArray y = filled(type, size);
            INDArray sums = filled(type, size[1]);
            double[] expected = Vectors.toDoubles(sums);
            double[] all = Vectors.toDoubles(y);
            for (int i = 0; i < all.length; i++) {
                expected[i / size[2] % size[1]] += all[i];
            }
            Channels.addSum(new Scratch(), y, sums);
            assertThat(Vectors.toDoubles(sums)).as(Arrays.toString(size)).containsExactly(expected);
        }
    }

    @Test
    void refusesSumsForAnotherNumberOfChannels() {
        INDArray y = filled(DataType.FLOAT, 2, 3, 4);
        assertThatThrownBy(() -> Channels.addSum(new Scratch(), y, filled(DataType.FLOAT, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 sums for 3 channels");
    }
}
