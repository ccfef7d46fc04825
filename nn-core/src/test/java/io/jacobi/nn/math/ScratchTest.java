package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.TestArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ScratchTest {

    private final Scratch scratch = new Scratch();

    @Test
    void remembersTheSpanOfAnArray() {
        INDArray a = TestArrays.vector(DataType.FLOAT, 1, 2);
        INDArray equal = TestArrays.vector(DataType.FLOAT, 1, 2);

        assertThat(scratch.span(a)).isSameAs(scratch.span(a));
        assertThat(scratch.span(equal)).as("an equal array is another array").isNotSameAs(scratch.span(a));
    }

    @Test
    void forgetsTheSpanOfAnArray() {
        INDArray a = TestArrays.vector(DataType.FLOAT, 1, 2);
        Span before = scratch.span(a);
        INDArray other = TestArrays.vector(DataType.FLOAT, 1, 2);
        Span kept = scratch.span(other);

        scratch.forget(a);

        assertThat(scratch.span(a)).isNotSameAs(before);
        assertThat(scratch.span(other)).as("an equal array is another array").isSameAs(kept);
    }

    @Test
    void anArrayThatIsClosedAfterItWasSeenIsRefused() {
        INDArray whole = Memory.vector(DataType.FLOAT, 4);
        INDArray part = Memory.view(whole, 1, 2);
        scratch.span(whole);
        scratch.span(part);
        whole.close();

        assertThatIllegalStateException().isThrownBy(() -> scratch.span(whole)).withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(() -> scratch.span(part)).withMessageContaining("is closed");
    }

    @Test
    void aTileIsReusedUntilMoreIsAskedFor() {
        assertThat(scratch.floats(0, 10)).isSameAs(scratch.floats(0, Scratch.TILE));
        assertThat(scratch.doubles(1, 10)).isSameAs(scratch.doubles(1, Scratch.TILE));
        assertThat(scratch.floats(0, Scratch.TILE + 1)).hasSize(Scratch.TILE + 1);
    }

    @Test
    void slotsDoNotOverlap() {
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(scratch.floats(i, 1)).isNotSameAs(scratch.floats(j, 1));
                assertThat(scratch.doubles(i, 1)).isNotSameAs(scratch.doubles(j, 1));
            }
        }
    }

    @Test
    void hasAsManySlotsAsAreAskedForAndKeepsTheirContent() {
        float[] first = scratch.floats(0, 10);
        double[] third = scratch.doubles(2, 10);
        third[9] = 7;

        assertThat(scratch.floats(40, 3)).hasSize(Scratch.TILE);
        assertThat(scratch.doubles(50, Scratch.TILE + 1)).hasSize(Scratch.TILE + 1);

        assertThat(scratch.floats(0, 10)).isSameAs(first);
        assertThat(scratch.doubles(2, 10)).isSameAs(third);
        assertThat(third[9]).isEqualTo(7);
        assertThat(scratch.floats(40, 3)).as("made once").isSameAs(scratch.floats(40, Scratch.TILE));
        assertThat(scratch.floats(39, 3)).hasSize(Scratch.TILE);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void loadsAndStoresThroughAnySlot(DataType type) {
        Span from = scratch.span(TestArrays.vector(type, 1, 2, 3));
        INDArray target = TestArrays.vector(type, 0, 0, 0);

        scratch.load(12, from, 0, 3);
        scratch.store(12, scratch.span(target), 0, 3);

        assertThat(Vectors.toDoubles(target)).containsExactly(1, 2, 3);
    }

    @Test
    void loadsAPartAndStoresItElsewhereRoundingOnce() {
        Span doubles = scratch.span(TestArrays.vector(DataType.DOUBLE, 0, 0.1, 0.2, 0));
        INDArray target = TestArrays.vector(DataType.FLOAT, 7, 7, 7, 7);

        assertThat(scratch.load(0, doubles, 1, 2)).startsWith(0.1, 0.2);
        scratch.store(0, scratch.span(target), 2, 2);

        assertThat(Vectors.toDoubles(target)).containsExactly(7, 7, 0.1f, 0.2f);
    }
}
