package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The strips against the definition, one element after another. */
class Im2colTest {

    private record Case(int channels, Window down, Window across) {
        Im2col map() {
            return new Im2col(channels, down, across);
        }

        /** Which element of the image a cell of the matrix holds, or -1 in the padding. */
        int source(int row, int column) {
            int j = row % across.kernel();
            int i = row / across.kernel() % down.kernel();
            int c = row / across.kernel() / down.kernel();
            int u = down.at(column / across.positions(), i);
            int v = across.at(column % across.positions(), j);
            boolean inside = u >= 0 && u < down.input() && v >= 0 && v < across.input();
            return inside ? (c * down.input() + u) * across.input() + v : -1;
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>(List.of(
                new Case(1, new Window(28, 3, 1, 1, 1), new Window(28, 3, 1, 1, 1)),
                new Case(3, new Window(14, 5, 1, 2, 1), new Window(14, 5, 1, 2, 1)),
                new Case(2, new Window(6, 1, 1, 0, 1), new Window(5, 1, 1, 0, 1)),
                // padding only: no window touches the image downwards, or across
                new Case(1, new Window(5, 1, 20, 3, 1), new Window(5, 3, 1, 1, 1)),
                new Case(1, new Window(5, 3, 1, 1, 1), new Window(5, 1, 20, 3, 1)),
                // larger than a tile
                new Case(2, new Window(70, 3, 1, 1, 1), new Window(61, 3, 1, 1, 1)),
                new Case(1, new Window(70, 3, 2, 1, 1), new Window(61, 3, 2, 0, 1)),
                // a shift as long as a row
                new Case(2, new Window(3, 5, 1, 2, 1), new Window(2, 5, 1, 2, 1)),
                new Case(1, new Window(1, 7, 1, 3, 1), new Window(1, 7, 1, 3, 1))));
        SplittableRandom random = new SplittableRandom(7);
        while (cases.size() < 200) {
            Case drawn = new Case(1 + random.nextInt(3), draw(random), draw(random));
            if (drawn.down().positions() > 0 && drawn.across().positions() > 0) {
                cases.add(drawn);
            }
        }
        return cases;
    }

    private static Window draw(SplittableRandom random) {
        return new Window(
                1 + random.nextInt(8),
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                random.nextInt(5),
                1 + random.nextInt(3));
    }

    private static INDArray filled(DataType type, int length, SplittableRandom random) {
        INDArray array = Memory.vector(type, length);
        double[] values = new double[length];
        // whole numbers: sums are exact in any order
        Arrays.setAll(values, i -> random.nextInt(-9, 10));
        Vectors.set(array, values);
        return array;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void unfoldsByItsDefinition(DataType type) {
        SplittableRandom random = new SplittableRandom(1);
        for (Case c : cases()) {
            Im2col map = c.map();
            // the second image of three
            INDArray x = filled(type, 3 * map.size(), random);
            INDArray columns = Memory.vector(type, (long) map.rows() * map.positions());
            Vectors.fill(new Scratch(), columns, Double.NaN);

            map.unfold(new Scratch(), x, map.size(), columns);

            double[] image = Vectors.toDoubles(x);
            double[] expected = new double[map.rows() * map.positions()];
            Arrays.setAll(expected, k -> {
                int source = c.source(k / map.positions(), k % map.positions());
                return source < 0 ? 0 : image[map.size() + source];
            });
            assertThat(Vectors.toDoubles(columns)).as("%s", c).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void foldsByAddingUpWhatWasCopied(DataType type) {
        SplittableRandom random = new SplittableRandom(2);
        for (Case c : cases()) {
            Im2col map = c.map();
            INDArray columns = filled(type, map.rows() * map.positions(), random);
            INDArray dx = filled(type, 3 * map.size(), random);
            double[] expected = Vectors.toDoubles(dx);
            Arrays.fill(expected, map.size(), 2 * map.size(), 0);
            double[] values = Vectors.toDoubles(columns);
            for (int k = 0; k < values.length; k++) {
                int source = c.source(k / map.positions(), k % map.positions());
                if (source >= 0) {
                    expected[map.size() + source] += values[k];
                }
            }

            map.fold(new Scratch(), columns, dx, map.size());

            assertThat(Vectors.toDoubles(dx)).as("%s", c).containsExactly(expected);
        }
    }

    /** ⟨unfold(x), c⟩ = ⟨x, fold(c)⟩ for all x and c is what makes one the transpose of the other. */
    @Test
    void foldIsTheTransposeOfUnfold() {
        SplittableRandom random = new SplittableRandom(3);
        for (Case c : cases()) {
            Im2col map = c.map();
            INDArray x = filled(DataType.DOUBLE, map.size(), random);
            INDArray y = filled(DataType.DOUBLE, map.rows() * map.positions(), random);
            INDArray unfolded = Memory.vector(DataType.DOUBLE, y.length());
            INDArray folded = Memory.vector(DataType.DOUBLE, x.length());
            map.unfold(new Scratch(), x, 0, unfolded);
            map.fold(new Scratch(), y, folded, 0);

            assertThat(dot(unfolded, y)).as("%s", c).isEqualTo(dot(x, folded));
        }
    }

    private static double dot(INDArray a, INDArray b) {
        double[] first = Vectors.toDoubles(a);
        double[] second = Vectors.toDoubles(b);
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }

    /** In slices, the whole matrix is there still: row i of the window is slice i. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void slicesAreTheRowsOfTheWholeMatrix(DataType type) {
        SplittableRandom random = new SplittableRandom(5);
        for (Case c : sliceable()) {
            Im2col whole = c.map();
            Im2col map = Im2col.inSlices(c.channels(), c.down(), c.across());
            INDArray x = filled(type, 3 * map.size(), random);
            INDArray expected = Memory.vector(type, (long) whole.rows() * whole.positions());
            INDArray strips = Memory.vector(type, (long) map.rows() * map.columns());
            Vectors.fill(new Scratch(), strips, Double.NaN);

            whole.unfold(new Scratch(), x, map.size(), expected);
            map.unfold(new Scratch(), x, map.size(), strips);

            double[] values = Vectors.toDoubles(strips);
            double[] found = new double[whole.rows() * whole.positions()];
            Arrays.setAll(found, k -> values[inSlices(c, map, k)]);
            assertThat(found).as("%s", c).containsExactly(Vectors.toDoubles(expected));
        }
    }

    /** dx = fold(strips) is the transpose of unfolding, as for the whole matrix. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void foldsSlicesByAddingUpWhatWasCopied(DataType type) {
        SplittableRandom random = new SplittableRandom(6);
        for (Case c : sliceable()) {
            Im2col whole = c.map();
            Im2col map = Im2col.inSlices(c.channels(), c.down(), c.across());
            INDArray columns = filled(type, whole.rows() * whole.positions(), random);
            double[] values = Vectors.toDoubles(columns);
            double[] sums = new double[map.rows() * map.columns()];
            for (int k = 0; k < values.length; k++) {
                sums[inSlices(c, map, k)] += values[k];
            }
            INDArray strips = Memory.vector(type, sums.length);
            Vectors.set(strips, sums);
            INDArray expected = filled(type, 3 * map.size(), random);
            INDArray dx = expected.dup();

            whole.fold(new Scratch(), columns, expected, map.size());
            map.fold(new Scratch(), strips, dx, map.size());

            assertThat(Vectors.toDoubles(dx)).as("%s", c).containsExactly(Vectors.toDoubles(expected));
        }
    }

    private static List<Case> sliceable() {
        return cases().stream().filter(c -> c.down().stride() == 1).toList();
    }

    /** Where element {@code k} of the whole matrix is found in the strips. */
    private static int inSlices(Case c, Im2col map, int k) {
        int row = k / map.positions();
        int j = row % c.across().kernel();
        int i = row / c.across().kernel() % c.down().kernel();
        int channel = row / c.across().kernel() / c.down().kernel();
        return (channel * c.across().kernel() + j) * map.columns() + map.sliceAt(i) + k % map.positions();
    }

    @Test
    void slicesNeedAVerticalStrideOfOne() {
        Window two = new Window(6, 3, 2, 1, 1);
        assertThatThrownBy(() -> Im2col.inSlices(1, two, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vertical stride is 2");
    }

    @Test
    void aWindowOfOneCellLeavesTheImageAsItIs() {
        Window one = new Window(4, 1, 1, 0, 1);
        assertThat(new Im2col(2, one, one).isIdentity()).isTrue();
        assertThat(new Im2col(2, new Window(4, 1, 2, 0, 1), one).isIdentity()).isFalse();
        assertThat(new Im2col(2, one, new Window(4, 1, 1, 1, 1)).isIdentity()).isFalse();
        assertThat(new Im2col(2, one, new Window(4, 2, 1, 0, 1)).isIdentity()).isFalse();
    }

    @Test
    void aScratchThatHeldGarbageMakesNoDifference() {
        Case c = new Case(2, new Window(5, 3, 1, 1, 1), new Window(6, 3, 2, 1, 1));
        Im2col map = c.map();
        INDArray x = filled(DataType.FLOAT, map.size(), new SplittableRandom(4));
        INDArray clean = Memory.vector(DataType.FLOAT, (long) map.rows() * map.positions());
        INDArray dirty = Memory.vector(DataType.FLOAT, (long) map.rows() * map.positions());
        Scratch used = new Scratch();
        for (int slot = 0; slot < 5; slot++) {
            Arrays.fill(used.floats(slot, Scratch.TILE), Float.NaN);
        }
        map.unfold(new Scratch(), x, 0, clean);
        map.unfold(used, x, 0, dirty);
        assertThat(Vectors.toDoubles(dirty)).containsExactly(Vectors.toDoubles(clean));
        INDArray dx = Memory.vector(DataType.FLOAT, map.size());
        map.fold(used, dirty, dx, 0);
        assertThat(Vectors.toDoubles(dx)).doesNotContain(Double.NaN);
    }
}
