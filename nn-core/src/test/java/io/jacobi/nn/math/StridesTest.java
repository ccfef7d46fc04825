package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares with nested loops that add one element at a time. */
class StridesTest {

    private final Scratch scratch = new Scratch();

    /** Whole numbers, whose products and sums are exact. */
    private static INDArray filled(DataType type, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        Arrays.setAll(values, i -> random.nextInt(-9, 10));
        INDArray array = Memory.vector(type, length);
        Vectors.set(array, values);
        return array;
    }

    /** Three loops with strides for A, B and C; the strides of B may be absent. */
    private interface Slow {
        double element(double c, double a, double b);
    }

    private static double[] slow(
            int[] sizes, INDArray a, int[] as, INDArray b, int[] bs, INDArray c, int[] cs, Slow f) {
        double[] x = Vectors.toDoubles(a);
        double[] y = Vectors.toDoubles(b);
        double[] z = Vectors.toDoubles(c);
        for (int i = 0; i < sizes[0]; i++) {
            for (int j = 0; j < sizes[1]; j++) {
                for (int k = 0; k < sizes[2]; k++) {
                    int at = i * cs[0] + j * cs[1] + k * cs[2];
                    z[at] = f.element(
                            z[at], x[i * as[0] + j * as[1] + k * as[2]], y[i * bs[0] + j * bs[1] + k * bs[2]]);
                }
            }
        }
        return z;
    }

    private static int[] ints(String list) {
        return Arrays.stream(list.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest(name = "loops {0}, A {1}, B {2}, C {3}")
    @CsvSource({
        "3 4 5, 20 5 1, 20 5 1, 20 5 1", // in order
        "3 4 5, 20 5 1, 1 3 12, 1 3 12", // transposed
        "1 700 600, 0 600 1, 0 1 700, 0 1 700", // longer than a run
        "3 4 5, 20 5 1, 0 0 1, 20 5 1", // one row repeated
        "3 4 5, 6 1 30, 21 7 1, 25 6 1", // gaps, and neighbours that do not join
        "5 1 1, 6 0 0, 1 0 0, 1 0 0", // a diagonal
        "1 1 1, 0 0 0, 0 0 0, 0 0 0", // one number
        "3 0 5, 20 5 1, 20 5 1, 20 5 1" // no turn
    })
    void copiesAddsAndMultipliesWhereTheStridesLead(String loops, String a, String b, String c) {
        int[] sizes = ints(loops);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = filled(type, 420_000, 1);
            INDArray y = filled(type, 420_000, 2);
            INDArray z = filled(type, 420_000, 3);
            double[] copied = slow(sizes, x, ints(a), y, ints(b), z, ints(c), (to, p, q) -> p);
            Strides.copy(scratch, sizes, x, ints(a), z, ints(c));
            assertThat(Arrays.equals(Vectors.toDoubles(z), copied))
                    .as("copy %s", type)
                    .isTrue();

            double[] added = slow(sizes, y, ints(b), x, ints(a), z, ints(c), (to, p, q) -> to + p);
            Strides.add(scratch, sizes, y, ints(b), z, ints(c));
            assertThat(Arrays.equals(Vectors.toDoubles(z), added))
                    .as("add %s", type)
                    .isTrue();

            double[] products = slow(sizes, x, ints(a), y, ints(b), z, ints(c), (to, p, q) -> to + p * q);
            Strides.addProduct(scratch, sizes, x, ints(a), y, ints(b), z, ints(c));
            assertThat(Arrays.equals(Vectors.toDoubles(z), products))
                    .as("sum of products %s", type)
                    .isTrue();

            double[] alone = slow(sizes, x, ints(a), y, ints(b), z, ints(c), (to, p, q) -> p * q);
            Strides.product(scratch, sizes, x, ints(a), y, ints(b), z, ints(c));
            assertThat(Arrays.equals(Vectors.toDoubles(z), alone))
                    .as("product %s", type)
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "C {0}")
    @CsvSource({"0 0 1", "4 1 0", "1 0 0", "0 0 0", "0 1 0"})
    void aLoopThatStandsStillInTheTargetSums(String c) {
        int[] sizes = {3, 4, 5};
        int[] dense = {20, 5, 1};
        INDArray x = filled(DataType.DOUBLE, 60, 1);
        INDArray y = filled(DataType.DOUBLE, 60, 2);
        INDArray z = filled(DataType.DOUBLE, 60, 3);
        double[] sums = slow(sizes, x, dense, y, dense, z, ints(c), (to, p, q) -> to + p);
        Strides.add(scratch, sizes, x, dense, z, ints(c));
        assertThat(Vectors.toDoubles(z)).containsExactly(sums);

        double[] dots = slow(sizes, x, dense, y, dense, z, ints(c), (to, p, q) -> to + p * q);
        Strides.addProduct(scratch, sizes, x, dense, y, dense, z, ints(c));
        assertThat(Vectors.toDoubles(z)).containsExactly(dots);
    }

    @ParameterizedTest(name = "stride {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void elementsAtAStrideAreCopiedThereAndBack(int stride) {
        int[] sizes = {stride, 3, 700};
        int[] apart = {1, 700 * stride, stride};
        int[] dense = {3 * 700, 700, 1};
        for (DataType from : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            for (DataType to : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
                INDArray x = filled(from, stride * 2100, 1);
                INDArray z = filled(to, stride * 2100, 2);
                INDArray back = filled(from, stride * 2100, 3);
                double[] expected = slow(sizes, x, apart, x, apart, z, dense, (c, p, q) -> p);

                Strides.copy(scratch, sizes, x, apart, z, dense);
                Strides.copy(scratch, sizes, z, dense, back, apart);

                assertThat(Arrays.equals(Vectors.toDoubles(z), expected))
                        .as("%s to %s", from, to)
                        .isTrue();
                assertThat(Vectors.toDoubles(back)).as("%s to %s", to, from).isEqualTo(Vectors.toDoubles(x));
            }
        }
    }

    @Test
    void thePreviousContentOfTheTargetMattersOnlyForSums() {
        int[] sizes = {3, 4};
        int[] dense = {4, 1};
        INDArray x = filled(DataType.FLOAT, 12, 1);
        INDArray z = filled(DataType.FLOAT, 12, 2);
        Vectors.fill(scratch, z, Double.NaN);
        Strides.product(scratch, sizes, x, dense, x, new int[] {0, 1}, z, dense);
        assertThat(Vectors.toDoubles(z)).doesNotContain(Double.NaN);

        Vectors.fill(scratch, z, Double.NaN);
        Strides.copy(scratch, sizes, x, dense, z, dense);
        assertThat(Vectors.toDoubles(z)).isEqualTo(Vectors.toDoubles(x));
    }

    @Test
    void loopsMayComeInAnyOrder() {
        INDArray x = filled(DataType.DOUBLE, 60, 1);
        INDArray z = Memory.vector(DataType.DOUBLE, 60);
        Strides.copy(scratch, new int[] {5, 3, 4}, x, new int[] {1, 20, 5}, z, new int[] {1, 20, 5});
        assertThat(Vectors.toDoubles(z)).containsExactly(Vectors.toDoubles(x));
    }

    @Test
    void writingSeveralElementsIntoOneIsRefused() {
        INDArray x = filled(DataType.DOUBLE, 6, 1);
        INDArray z = Memory.vector(DataType.DOUBLE, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strides.copy(scratch, new int[] {2, 3}, x, new int[] {3, 1}, z, new int[] {1, 0}))
                .withMessageContaining("Loop 1 would write 3 elements into one")
                .withMessageContaining("fix: Strides.add");
        int[] all = {3, 1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strides.product(scratch, new int[] {2, 3}, x, all, x, all, z, new int[] {0, 1}))
                .withMessageContaining("Loop 0 would write 2 elements into one");
    }

    @Test
    void loopsThatWouldLeaveAnArrayAreRefused() {
        INDArray x = filled(DataType.DOUBLE, 6, 1);
        INDArray z = Memory.vector(DataType.DOUBLE, 5);
        int[] sizes = {2, 3};
        int[] dense = {3, 1};
        assertThatThrownBy(() -> Strides.add(scratch, sizes, x, dense, z, dense))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("element 5 of an array of 5");
        assertThatThrownBy(() -> Strides.add(scratch, sizes, x, new int[] {3, -1}, z, new int[] {1, 0}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("at least 0");
    }
}
