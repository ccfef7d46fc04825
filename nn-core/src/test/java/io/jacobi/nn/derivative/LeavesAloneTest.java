package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.derivative.Layers.Broken;
import io.jacobi.nn.derivative.Layers.Centered;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** No computation of a derivative, not even one that fails, changes a bit of the model's weights and states. */
class LeavesAloneTest {

    private static final double[][] X = {{1, 2, 3}, {-1, 0, 2}};
    private static final double[][] T = {{1, 0}, {0.5, 2}};

    private final Sequential model = Sequential.input(Shape.of(3))
            .add(new Dense(4))
            .add(new Centered())
            .add(new Dense(2))
            .build(DataType.DOUBLE, 1);
    private final double[] weights = Vectors.toDoubles(model.weights());

    private void assertUntouched() {
        assertThat(Vectors.toDoubles(model.weights())).containsExactly(weights);
        assertThat(Vectors.toDoubles(model.state()))
                .as("training passes counted")
                .containsExactly(0);
    }

    @Test
    void byFirstDerivatives() {
        Linearization at = Derivatives.of(model).at(X);

        at.vjp(at.output());
        at.batchJacobian();
        at.weightJacobian();

        assertUntouched();
    }

    @Test
    void bySecondDerivatives() {
        Expansion at = LossDerivatives.of(model, new MeanSquaredError()).at(X, T);

        at.hvp(TestArrays.normals(1, weights.length));
        at.hessian();

        assertUntouched();
    }

    @Test
    void byAFailureInTheMiddleOfADifference() {
        Sequential broken = Sequential.input(Shape.of(3))
                .add(new Dense(2))
                .add(new Broken())
                .build(DataType.DOUBLE, 1);
        double[] before = Vectors.toDoubles(broken.weights());
        Expansion at = LossDerivatives.of(broken, new MeanSquaredError()).at(X, T);

        assertThatIllegalStateException().isThrownBy(at::hessian).withMessage("broken on purpose");

        assertThat(Vectors.toDoubles(broken.weights())).containsExactly(before);
    }

    @Test
    void andUsesTheWeightsOfTheMoment() {
        Linearization at = Derivatives.of(model).predicting().at(X);
        double[] before = Vectors.toDoubles(at.output());

        Vectors.set(model.value("2.bias"), new double[] {100, 200});

        double[] after = Vectors.toDoubles(at.output());
        assertThat(after[0] - before[0]).isCloseTo(100, within(1e-12));
    }
}
