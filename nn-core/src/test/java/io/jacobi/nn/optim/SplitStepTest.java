package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Split;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A step in parts on several threads gives the bits of a whole step: weights and moments, decayed or not. */
class SplitStepTest {

    private static final int LENGTH = 5_000;

    /** Cuts inside a tile and inside a parameter, and runs the parts in parallel. */
    private static final Split FIVE = (length, pass) -> IntStream.range(0, 5)
            .parallel()
            .forEach(part -> pass.run(part, part * length / 5, (part + 1) * length / 5));

    static Stream<Arguments> cases() {
        return Samples.optimizers()
                .flatMap(optimizer ->
                        Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(optimizer, type)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("cases")
    void givesTheBitsOfAWholeStep(Optimizer optimizer, DataType type) {
        // a bias in the middle is not decayed
        List<Parameter> parameters = Samples.parameters(Shape.of(10, 200), Shape.of(900), Shape.of(10, 210));
        INDArray whole = Samples.vector(type, Samples.normals(1, LENGTH));
        INDArray split = Samples.vector(type, Samples.normals(1, LENGTH));
        Stepper inOne = optimizer.start(whole, parameters);
        Stepper inParts = optimizer.start(split, parameters);

        for (int step = 0; step < 4; step++) {
            INDArray gradients = Samples.vector(type, Samples.normals(10 + step, LENGTH));
            inOne.step(gradients, 0.01);
            inParts.step(gradients, 0.01, FIVE);
        }

        assertThat(Vectors.toDoubles(split)).isEqualTo(Vectors.toDoubles(whole));
        assertThat(inParts.steps()).isEqualTo(4);
        List<INDArray> expected = List.copyOf(inOne.state().values());
        List<INDArray> actual = List.copyOf(inParts.state().values());
        assertThat(actual).hasSameSizeAs(expected);
        for (int k = 0; k < expected.size(); k++) {
            assertThat(Vectors.toDoubles(actual.get(k)))
                    .as("moment %d", k)
                    .isEqualTo(Vectors.toDoubles(expected.get(k)));
        }
    }
}
