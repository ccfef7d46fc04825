package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.TestArrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SpanTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aViewStartsAtItsOffset(DataType type) {
        INDArray whole = TestArrays.vector(type, 0, 1, 2, 3, 4, 5, 6, 7);
        Span span = Span.of(Memory.view(whole, 3, 2, 2));

        assertThat(span.length()).isEqualTo(4);
        assertThat(span.get(0)).isEqualTo(3);
        assertThat(span.get(3)).isEqualTo(6);
        assertThat(span.isFloat()).isEqualTo(type == DataType.FLOAT);

        span.set(1, 40);
        assertThat(Vectors.toDoubles(whole)).containsExactly(0, 1, 2, 3, 40, 5, 6, 7);
    }

    @Test
    void aViewOfAViewAddsTheOffsets() {
        INDArray whole = TestArrays.vector(DataType.FLOAT, 0, 1, 2, 3, 4, 5, 6, 7);
        INDArray rows = Memory.view(whole, 2, 3, 2).get(NDArrayIndex.interval(1, 3));

        assertThat(Vectors.toDoubles(rows)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void aScalarIsOneElement() {
        assertThat(Span.of(Nd4j.scalar(DataType.DOUBLE, 3)).get(0)).isEqualTo(3);
    }

    @Test
    void theStrideOfADimensionOfOneDoesNotMatter() {
        INDArray matrix = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3}, 3, 1);

        assertThat(Vectors.toDoubles(matrix.transpose())).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void putConvertsBetweenTypesAndCopiesOnlyTheGivenElements(DataType type) {
        INDArray target = TestArrays.vector(type, 9, 9, 9, 9);

        Span.of(target).put(1, Span.of(TestArrays.vector(DataType.FLOAT, 0.1, 0.5)), 1, 1);
        Span.of(target).put(2, Span.of(TestArrays.vector(DataType.DOUBLE, 0.5, 0.25)), 0, 2);

        assertThat(Vectors.toDoubles(target)).containsExactly(9, 0.5, 0.5, 0.25);
    }

    static Stream<Arguments> unusable() {
        INDArray matrix = TestArrays.normal(DataType.FLOAT, 1, 2, 3);
        return Stream.of(
                Arguments.of("a transpose", matrix.transpose(), "its strides are [1, 3]"),
                Arguments.of("column-major", matrix.dup('f'), "its strides are [1, 2]"),
                Arguments.of("a column", matrix.getColumn(1), "its strides are [3]"),
                Arguments.of("integers", Nd4j.createFromArray(1, 2), "its type is INT"),
                Arguments.of("halves", matrix.castTo(DataType.FLOAT16), "its type is HALF"),
                Arguments.of("nothing", Nd4j.empty(DataType.FLOAT), "it is empty"));
    }

    // JUnit would close an argument after its case, and with it the memory of other arguments that are views of it
    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("unusable")
    void anArrayThatAKernelCannotUseIsRejectedWithItsFaultAndAFix(String what, INDArray array, String fault) {
        assertThat(Span.fits(array)).as(what).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Span.of(array))
                .withMessageContaining("cannot be used by a kernel: " + fault)
                .withMessageContaining("expected FLOAT or DOUBLE, dense, row-major")
                .withMessageContaining("fix: array.castTo(DataType.FLOAT).dup('c')");
    }

    @Test
    void theFixOfTheMessageWorks() {
        INDArray transposed =
                TestArrays.of(DataType.DOUBLE, new double[] {1, 2, 3, 4}, 2, 2).transpose();

        assertThat(Vectors.toDoubles(transposed.castTo(DataType.FLOAT).dup('c')))
                .containsExactly(1, 3, 2, 4);
    }

    @Test
    void askingForTheOtherTypeThrows() {
        Span floats = Span.of(TestArrays.vector(DataType.FLOAT, 1));
        Span doubles = Span.of(TestArrays.vector(DataType.DOUBLE, 1));

        assertThatIllegalStateException().isThrownBy(floats::doubles);
        assertThatIllegalStateException().isThrownBy(doubles::floats);
    }

    @Test
    void memoryThatWasFreedIsRejected() {
        INDArray array = Memory.vector(DataType.FLOAT, 4);
        INDArray view = Memory.view(array, 1, 3);
        List<Span> kept = List.of(
                Span.of(array),
                Span.of(view),
                Span.of(Memory.view(view, 1, 2)),
                Span.of(view.get(NDArrayIndex.interval(1, 3))),
                Span.of(array.reshape(2, 2)));
        assertThat(kept).noneMatch(Span::isClosed);
        array.close();

        assertThat(kept).allMatch(Span::isClosed);
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> Span.of(array), () -> Span.of(view), () -> Span.fits(view), () -> Span.requireOpen(view))) {
            assertThatIllegalStateException()
                    .isThrownBy(use)
                    .withMessageContainingAll("is closed: its memory has been freed", "fix: close an array only after");
        }
    }

    @Test
    void anEmptyArrayHasNoMemoryToBeClosed() {
        Span.requireOpen(Nd4j.empty(DataType.FLOAT));
    }
}
