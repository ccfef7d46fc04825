package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.NativeAllocations;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Steps, clips and penalties allocate nothing native after the first. */
@Isolated("counts what the whole process allocates")
class OptimizersAllocateNothingTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void afterTheFirstStep(DataType type) {
        List<Parameter> parameters = Samples.parameters(Shape.of(30, 100), Shape.of(30));
        INDArray weights = Samples.vector(type, Samples.normals(1, 3030));
        INDArray gradients = Samples.vector(type, Samples.normals(2, 3030));
        Scratch scratch = new Scratch();
        List<Stepper> steppers = Samples.optimizers()
                .map(optimizer -> optimizer.start(weights, parameters))
                .toList();
        everything(steppers, weights, parameters, gradients, scratch);

        NativeAllocations made = new NativeAllocations();
        for (int i = 0; i < 20; i++) {
            everything(steppers, weights, parameters, gradients, scratch);
        }
        assertThat(made.nd4j()).isZero();
        assertThat(made.javacpp()).isLessThanOrEqualTo(0);
    }

    private static void everything(
            List<Stepper> steppers, INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch) {
        steppers.forEach(stepper -> stepper.step(gradients, 1e-6));
        Penalty.l1(1e-3).valueAndAddGradient(weights, parameters, gradients, scratch);
        Penalty.l2(1e-3).valueAndAddGradient(weights, parameters, gradients, scratch);
        GradientClip.norm(1).apply(gradients, scratch);
        GradientClip.value(0.1).apply(gradients, scratch);
    }
}
