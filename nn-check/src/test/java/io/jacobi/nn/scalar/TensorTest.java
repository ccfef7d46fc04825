package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorTest {

    private static final Tensor<Integer> COUNTED = Tensor.of(new int[] {2, 3, 4}, i -> i);

    @Test
    void elementsAreInRowMajorOrder() {
        assertThat(COUNTED.get(0, 0, 0)).isZero();
        assertThat(COUNTED.get(0, 0, 3)).isEqualTo(3);
        assertThat(COUNTED.get(0, 1, 0)).isEqualTo(4);
        assertThat(COUNTED.get(1, 2, 3)).isEqualTo(23);
        assertThat(COUNTED.at(23)).isEqualTo(23);
        assertThat(COUNTED.elements()).hasSize(24).startsWith(0, 1, 2).endsWith(22, 23);
    }

    @Test
    void byIndexGivesEachElementItsIndices() {
        Tensor<Integer> sameAgain = Tensor.byIndex(COUNTED.shape(), at -> at[0] * 12 + at[1] * 4 + at[2]);

        assertThat(sameAgain.elements()).isEqualTo(COUNTED.elements());
    }

    @Test
    void knowsItsShape() {
        assertThat(COUNTED.shape()).containsExactly(2, 3, 4);
        assertThat(COUNTED.rank()).isEqualTo(3);
        assertThat(COUNTED.dim(1)).isEqualTo(3);
        assertThat(COUNTED.size()).isEqualTo(24);
        assertThat(COUNTED.reshape(24)).hasToString("[24] " + COUNTED.elements());
    }

    @Test
    void ofRank0HasOneElement() {
        Tensor<String> one = Tensor.of(new int[0], i -> "x");

        assertThat(one.size()).isEqualTo(1);
        assertThat(one.get()).isEqualTo("x");
    }

    @Test
    void ofAnEmptyDimensionHasNoElement() {
        assertThat(Tensor.of(new int[] {2, 0}, i -> i).elements()).isEmpty();
        assertThat(Tensor.byIndex(new int[] {2, 0}, at -> at[0]).elements()).isEmpty();
    }

    @Test
    void mapKeepsTheShape() {
        Tensor<String> text = COUNTED.map(i -> "<" + i + ">");

        assertThat(text.shape()).containsExactly(2, 3, 4);
        assertThat(text.get(1, 0, 2)).isEqualTo("<14>");
    }

    @Test
    void reshapeKeepsTheElementsInTheirOrder() {
        Tensor<Integer> matrix = COUNTED.reshape(6, 4);

        assertThat(matrix.get(5, 3)).isEqualTo(23);
        assertThat(matrix.elements()).isEqualTo(COUNTED.elements());
    }

    @Test
    void changingAnArrayOfDimensionsDoesNotChangeTheTensor() {
        int[] shape = {2, 3};
        Tensor<Integer> tensor = Tensor.of(shape, i -> i);
        int[] newShape = {3, 2};
        Tensor<Integer> turned = tensor.reshape(newShape);
        shape[0] = 9;
        newShape[0] = 9;
        tensor.shape()[1] = 9;

        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(turned.shape()).containsExactly(3, 2);
    }

    @Test
    void refusesNegativeDimensions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(new int[] {-2, -3}, i -> i))
                .withMessageContaining("[-2, -3]")
                .withMessageContaining("expected dimensions of 0 or more");
        // their product is right
        assertThatIllegalArgumentException()
                .isThrownBy(() -> COUNTED.reshape(-4, -6))
                .withMessageContaining("[-4, -6]");
    }

    @Test
    void refusesAShapeWithAnotherNumberOfElements() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> COUNTED.reshape(5, 5))
                .withMessageContaining("shape [2, 3, 4] was to become [5, 5]")
                .withMessageContaining("a shape of 24 elements");
    }

    /** A valid position is not enough: each index must be inside its own dimension. */
    @ParameterizedTest
    @CsvSource({"0, 0, 4", "0, 3, 0", "2, 0, 0", "-1, 0, 0", "0, -1, 5", "0, 1, -1"})
    void refusesIndicesOutside(int i, int j, int k) {
        assertThatThrownBy(() -> COUNTED.get(i, j, k))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("[" + i + ", " + j + ", " + k + "] in a tensor of shape [2, 3, 4]");
    }

    @Test
    void refusesAnotherNumberOfIndices() {
        assertThatThrownBy(() -> COUNTED.get(1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("2 indices for a tensor of shape [2, 3, 4]");
    }
}
