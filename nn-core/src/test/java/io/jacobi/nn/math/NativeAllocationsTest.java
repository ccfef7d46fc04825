package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Isolated("counts what the whole process allocates")
class NativeAllocationsTest {

    private static final INDArray ARRAY = Memory.vector(DataType.FLOAT, 100);

    @Test
    void countsArraysViewsAndOperationsOfAnAction() {
        assertThat(NativeAllocations.during(() -> {})).as("nothing").isZero();
        assertThat(NativeAllocations.during(() -> Nd4j.create(DataType.FLOAT, 10)))
                .as("an array")
                .isPositive();
        assertThat(NativeAllocations.during(() -> Memory.view(ARRAY, 0, 10, 10)))
                .as("a view")
                .isPositive();
        assertThat(NativeAllocations.during(() -> ARRAY.addi(1)))
                .as("an operation")
                .isPositive();
    }

    @Test
    void countsPointersThatAreFreedAgain() {
        assertThat(NativeAllocations.during(() -> new FloatPointer(10).close())).isPositive();
        assertThat(NativeAllocations.during(() -> {})).as("the action after it").isZero();
    }

    @Test
    void kernelsAllocateNothing() {
        Scratch s = new Scratch();
        INDArray a = Memory.array(DataType.FLOAT, 10, 10);
        INDArray c = Memory.array(DataType.FLOAT, 10, 10);
        PlacedMatMul product = PlacedMatMul.of(
                PlacedMatMul.Place.dense(3, 4),
                new PlacedMatMul.Place(5, 4, 10).transpose(),
                new PlacedMatMul.Place(3, 5, 10));
        Runnable pass = () -> {
            MatMul.ab(s, a, a, c);
            product.addAb(s, a, 1, a, 2, c, 3);
            Rows.addSum(s, a, c);
            s.load(9, s.span(a), 0, 100);
            s.store(9, s.span(c), 0, 100);
        };
        pass.run();

        assertThat(NativeAllocations.during(pass)).as("the second pass").isZero();
    }
}
