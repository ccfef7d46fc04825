package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Sequential;
import io.jacobi.nn.Workspace;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** No layer makes a native array in a step: all of them exist before the first. */
@Isolated("counts what the whole process allocates")
class LayersAllocateNothingTest {

    static List<GradientCheck> checks() {
        return LayerChecks.all();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void inAStepAfterTheFirstTwo(GradientCheck check) {
        Sequential model = Sequential.input(check.input()).add(check.subject()).build(DataType.FLOAT, 1);
        try (Workspace w = Workspace.withInputGradient(model, 4)) {
            double[] x = new double[(int) w.input().length()];
            check.inputs().fill(x, check.input(), new SplittableRandom(1));
            Vectors.set(w.input(), x);
            long numbers = 0;
            for (int step = 0; step < 6; step++) {
                if (step == 2) {
                    // ND4J numbers every buffer, view and operation that it frees later
                    numbers = Nd4j.getDeallocatorService().nextValue();
                }
                w.forward(step, 0);
                w.clearGradients();
                w.backward();
                w.predict();
            }
            long made = Nd4j.getDeallocatorService().nextValue() - numbers - 1;
            assertThat(made)
                    .as("native arrays that %s made in four steps", check.subject())
                    .isZero();
        }
    }
}
