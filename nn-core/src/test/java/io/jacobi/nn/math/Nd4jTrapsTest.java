package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What ND4J 1.0.0-M2.1 does that the code of this package is built around: docs/nd4j-notes.md. A test that fails after
 * an upgrade says which of our precautions to look at again.
 */
class Nd4jTrapsTest {

    private static final int FLOAT_BYTES = 4;

    @Test
    void theAddressPointerOfAViewIncludesItsOffsetAndThePointerDoesNot() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);
        INDArray view = Memory.view(vector, 4, 2, 3);
        long base = vector.data().addressPointer().address();

        assertThat(view.data().addressPointer().address() - base).isEqualTo(4 * FLOAT_BYTES);
        assertThat(view.data().pointer().address()).isEqualTo(base);
        assertThat(view.data().offset()).as("elements, and not bytes").isEqualTo(4);
    }

    @Test
    void anArrayMadeFromTheBufferOfAViewStartsCountingAtTheBase() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);
        INDArray view = Memory.view(vector, 4, 6);

        INDArray again = Nd4j.create(view.data(), new long[] {2}, new long[] {1}, 1, 'c');

        assertThat(again.data().addressPointer().address()
                        - vector.data().addressPointer().address())
                .as("1 element from the base, where 5 might be expected")
                .isEqualTo(FLOAT_BYTES);
    }

    @Test
    void aViewHoldsTheBufferOfItsBaseAndSoKeepsItAlive() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);

        assertThat(Memory.view(vector, 4, 2, 3).data().originalDataBuffer()).isSameAs(vector.data());
    }

    @Test
    void closingAViewDoesNothing() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);
        INDArray view = Memory.view(vector, 0, 9);

        view.close();

        assertThat(view.closeable()).isFalse();
        assertThat(view.wasClosed()).isFalse();
        assertThat(vector.wasClosed()).isFalse();
    }

    @Test
    void aViewOfTheWholeIsNoViewToNd4jAndClosingItClosesTheVector() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);
        INDArray whole = Memory.view(vector, 0, 2, 5);

        assertThat(whole.isView()).isFalse();
        whole.close();

        assertThat(vector.wasClosed()).isTrue();
    }

    @Test
    void aReshapedArrayIsAViewAndCannotBeClosed() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);

        assertThat(vector.closeable()).isTrue();
        assertThat(vector.reshape('c', 2, 5).closeable()).isFalse();
    }

    @Test
    void aClosedArrayThrowsAndItsViewsDoNot() {
        INDArray vector = Memory.vector(DataType.FLOAT, 10);
        INDArray view = Memory.view(vector, 2, 3);

        vector.close();

        assertThatIllegalStateException().isThrownBy(() -> vector.getDouble(0));
        assertThat(view.wasClosed()).isTrue();
        // the address of nothing, plus the offset: reading there ends the JVM
        assertThat(view.data().addressPointer().address()).isEqualTo(2 * FLOAT_BYTES);
    }

    @Test
    void theEmptyArrayIsOneForAllAndClaimsToBeCloseable() {
        INDArray empty = Nd4j.empty(DataType.FLOAT);

        assertThat(Nd4j.empty(DataType.FLOAT)).isSameAs(empty);
        assertThat(empty.closeable()).isTrue();
    }

    @Test
    void theStridesOfDimensionsOfLengthOneSayNothing() {
        assertThat(Nd4j.create(DataType.FLOAT, 1, 5).stride())
                .as("a dense [1, 5], for which 5, 1 would be expected")
                .containsExactly(1, 1);
        assertThat(Nd4j.create(DataType.FLOAT, 5, 1).transpose().ordering())
                .as("the same elements at the same places")
                .isEqualTo('f');
    }

    @Test
    void shapeHandsOutTheArraysOwnArray() {
        INDArray matrix = Memory.view(Memory.vector(DataType.FLOAT, 6), 0, 2, 3);

        matrix.shape()[0] = 7;

        assertThat(matrix.size(0)).isEqualTo(7);
    }

    @Test
    void dividingIntegersStaysInIntegers() {
        INDArray halves = Nd4j.createFromArray(1, 3).div(2);

        assertThat(halves.dataType().isIntType()).isTrue();
        assertThat(halves.getInt(1)).isEqualTo(1);
    }

    @Test
    void castingToTheSameTypeDoesNotCopy() {
        INDArray array = Nd4j.create(DataType.FLOAT, 3);

        assertThat(array.castTo(DataType.FLOAT)).isSameAs(array);
    }

    @Test
    void eachThreadHasARandomGeneratorOfItsOwn() throws ExecutionException, InterruptedException {
        Random mine = Nd4j.getRandom();
        var other = Executors.newSingleThreadExecutor();
        try {
            assertThat(other.submit(Nd4j::getRandom).get()).isNotSameAs(mine);
        } finally {
            other.shutdown();
        }
    }

    @Test
    void nd4jsOwnProductLeavesBlasOnOneThread() {
        Blas.load();
        INDArray matrix = Nd4j.ones(DataType.FLOAT, 64, 64);

        assertThat(matrix.mmul(matrix).getDouble(0, 0)).isEqualTo(64);
        assertThat(Blas.threads()).isEqualTo(1);
    }

    @Test
    void theOpenBlasOnTheClassPathIsTheOneThatWasMeasured() throws Exception {
        assertThat(Loader.getVersion("org.bytedeco", "openblas")).isEqualTo("0.3.31-1.5.13");
        assertThat(Loader.getVersion()).isEqualTo("1.5.13");
    }
}
