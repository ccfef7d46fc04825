package io.jacobi.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

    @Test
    void hasDimensions() {
        Shape shape = Shape.of(3, 28, 20);

        assertThat(shape.rank()).isEqualTo(3);
        assertThat(shape.size()).isEqualTo(3 * 28 * 20);
        assertThat(shape.dim(1)).isEqualTo(28);
        assertThat(shape.dim(-1)).as("counted from the end").isEqualTo(20);
        assertThat(shape.withBatch(64)).containsExactly(64, 3, 28, 20);
        assertThat(shape).hasToString("[3, 28, 20]");
    }

    @Test
    void namesAnElementByItsIndices() {
        Shape shape = Shape.of(2, 3, 4);

        assertThat(shape.elementName("feature", 0)).isEqualTo("feature[0, 0, 0]");
        assertThat(shape.elementName("feature", 12 + 2 * 4 + 3)).isEqualTo("feature[1, 2, 3]");
        assertThat(Shape.of().elementName("target", 0)).isEqualTo("target");
        assertThat(shape.indices(12 + 2 * 4 + 3)).containsExactly(1, 2, 3);
        assertThat(Shape.of().indices(0)).isEmpty();
    }

    @Test
    void hasAtMostThirtyOneDimensions() {
        long[] ones = new long[31];
        Arrays.fill(ones, 1);
        assertThat(Shape.of(ones).withBatch(5)).hasSize(32);

        assertThatThrownBy(() -> Shape.of(Arrays.copyOf(new long[] {1}, 32)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("too many dimensions", "at most 31", "32", "fix: combine");
    }

    @Test
    void aScalarHasRankZeroAndSizeOne() {
        assertThat(Shape.of().rank()).isZero();
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of().withBatch(5)).containsExactly(5);
    }

    @Test
    void isARowOfArraysInItsShapeOrFlat() {
        Shape shape = Shape.of(2, 3);

        assertThat(shape.isRowOf(5, 2, 3)).isTrue();
        assertThat(shape.isRowOf(5, 6)).isTrue();
        assertThat(shape.isRowOf(2, 3)).isFalse();
        assertThat(shape.isRowOf(5, 3, 2)).isFalse();
        assertThat(shape.isRowOf(0, 2, 3)).isFalse();
        assertThat(shape.isRowOf()).isFalse();
        assertThat(Shape.of().isRowOf(5)).isTrue();
    }

    @Test
    void isAValue() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(6));
    }

    @Test
    void cannotBeChangedThroughItsArrays() {
        long[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;

        assertThat(shape).isEqualTo(Shape.of(2, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void everyDimensionIsAtLeastOne(long dim) {
        assertThatThrownBy(() -> Shape.of(2, dim))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expects  every dimension at least 1")
                .hasMessageContaining("received [2, " + dim + "]");
    }

    @Test
    void everyOverflowIsRefused() {
        // 2^32 · 2^32 wraps to 0, 2^62 · 6 to a positive number
        assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 32)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Shape.of(1L << 62, 6))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("a shape has more elements than can be counted")
                .hasMessageContaining("fix: ");
        assertThat(Shape.of(Long.MAX_VALUE).size()).isEqualTo(Long.MAX_VALUE);
    }
}
