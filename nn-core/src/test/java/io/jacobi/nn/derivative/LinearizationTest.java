package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.derivative.Layers.Centered;
import io.jacobi.nn.derivative.Layers.Cube;
import io.jacobi.nn.derivative.Layers.Staged;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Jacobians and vector-Jacobian products of layers whose derivatives are known. */
class LinearizationTest {

    private static final double[][] X = {{1, 2, 3}, {-1, 0, 2}};

    /** y = W x + b with W = [1 0 -1; 2 1 0]. */
    private static Derivatives dense() {
        Derivatives f = Derivatives.of(new Dense(2), Shape.of(3), 1);
        Vectors.set(f.model().weights(), new double[] {1, 0, -1, 2, 1, 0, 0.5, -1});
        return f;
    }

    private static Sequential model(DataType type, Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(3));
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return builder.build(type, 1);
    }

    @Test
    void theJacobianOfAnAffineLayerIsItsWeight() {
        INDArray jacobian = dense().at(X).jacobian();

        assertThat(jacobian.shape()).containsExactly(2, 2, 3);
        assertThat(Vectors.toDoubles(jacobian)).containsExactly(1, 0, -1, 2, 1, 0, 1, 0, -1, 2, 1, 0);
    }

    @Test
    void theJacobianByAWeightHoldsTheInputInTheRowOfItsOutput() {
        Linearization at = dense().at(X);

        INDArray byWeight = at.jacobian("0.weight");
        INDArray byBias = at.jacobian("0.bias");

        // ∂yₒ/∂Wₚᵢ = [o = p] xᵢ
        assertThat(byWeight.shape()).containsExactly(2, 2, 6);
        assertThat(Vectors.toDoubles(byWeight))
                .containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 2, 3, -1, 0, 2, 0, 0, 0, 0, 0, 0, -1, 0, 2);
        assertThat(byBias.shape()).containsExactly(2, 2, 2);
        assertThat(Vectors.toDoubles(byBias)).containsExactly(1, 0, 0, 1, 1, 0, 0, 1);
    }

    @Test
    void theJacobianByAllWeightsHasTheJacobiansOfTheParametersSideBySide() {
        Linearization at = dense().at(X);

        INDArray all = at.weightJacobian();

        assertThat(all.shape()).containsExactly(2, 2, 8);
        for (int n = 0; n < 2; n++) {
            for (int o = 0; o < 2; o++) {
                for (int i = 0; i < 8; i++) {
                    double expected = i < 6
                            ? at.jacobian("0.weight").getDouble(n, o, i)
                            : at.jacobian("0.bias").getDouble(n, o, i - 6);
                    assertThat(all.getDouble(n, o, i)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void theOutputEqualsThePrediction() {
        INDArray y = dense().at(X).output();

        assertThat(y.shape()).containsExactly(2, 2);
        assertThat(Vectors.toDoubles(y)).containsExactly(-1.5, 3, -2.5, -3);
    }

    @Test
    void aVectorJacobianProductIsTheGradientOfTheProjectedOutput() {
        Gradient gradient = dense().at(X).vjp(new double[][] {{1, 2}, {3, -1}});

        // the numbers of docs/derivations/affine.md
        assertThat(gradient.input().shape()).containsExactly(2, 3);
        assertThat(Vectors.toDoubles(gradient.input())).containsExactly(5, 2, -1, 1, -1, -3);
        assertThat(gradient.parameter("0.weight").shape()).containsExactly(2, 3);
        assertThat(Vectors.toDoubles(gradient.parameter("0.weight"))).containsExactly(-2, 2, 9, 3, 4, 4);
        assertThat(Vectors.toDoubles(gradient.parameter("0.bias"))).containsExactly(4, 1);
        assertThat(Vectors.toDoubles(gradient.flat())).containsExactly(-2, 2, 9, 3, 4, 4, 4, 1);
    }

    @Test
    void theJacobianOfAFunctionOfElementsIsDiagonal() {
        INDArray jacobian = Derivatives.of(new Cube(), Shape.of(2), 1)
                .at(new double[][] {{2, -3}})
                .jacobian();

        assertThat(Vectors.toDoubles(jacobian)).containsExactly(12, 0, 0, 27);
    }

    @Test
    void jacobiansMultiplyAlongAChain() {
        Sequential model = model(DataType.DOUBLE, new Dense(2), new Cube());
        Vectors.set(model.weights(), new double[] {1, 0, -1, 2, 1, 0, 0.5, -1});

        INDArray jacobian = Derivatives.of(model).at(X).jacobian();

        // 3 z² W with z = (-1.5, 3) and (-2.5, -3)
        assertThat(Vectors.toDoubles(jacobian))
                .containsExactly(new double[] {6.75, 0, -6.75, 54, 27, 0, 18.75, 0, -18.75, 54, 27, 0}, within(1e-13));
    }

    @Test
    void examplesOfHigherRankAreFlattenedInRowMajorOrder() {
        INDArray x = TestArrays.normal(DataType.DOUBLE, 1, 4, 2, 3);

        INDArray jacobian = Derivatives.of(new Cube(), Shape.of(2, 3), 1).at(x).jacobian();

        assertThat(jacobian.shape()).containsExactly(4, 6, 6);
        double element = x.getDouble(3, 1, 2);
        assertThat(jacobian.getDouble(3, 5, 5)).isCloseTo(3 * element * element, within(1e-15));
        assertThat(jacobian.getDouble(3, 5, 4)).isZero();
    }

    @Test
    void inputsMayBeOfAnyTypeAndOrderAndFlat() {
        Derivatives f = Derivatives.of(new Cube(), Shape.of(2, 3), 1);
        INDArray x = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6}, 2, 2, 3);
        double[] expected = Vectors.toDoubles(f.at(x).output());

        assertThat(expected).startsWith(1, 8, 27);
        for (INDArray other :
                new INDArray[] {x.dup('f'), x.castTo(DataType.INT32), x.reshape(2, 6), x.castTo(DataType.DOUBLE)}) {
            assertThat(Vectors.toDoubles(f.at(other).output())).containsExactly(expected);
        }
    }

    @Test
    void theExamplesAreCopied() {
        INDArray x = TestArrays.of(DataType.DOUBLE, new double[] {1, 2, 3}, 1, 3);
        Linearization at = Derivatives.of(new Cube(), Shape.of(3), 1).at(x);

        Vectors.set(x, new double[3]);

        assertThat(Vectors.toDoubles(at.output())).containsExactly(1, 8, 27);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void resultsHaveTheModelsType(DataType type) {
        Linearization at = Derivatives.of(model(type, new Dense(2))).at(X);

        assertThat(at.output().dataType()).isEqualTo(type);
        assertThat(at.jacobian().dataType()).isEqualTo(type);
        assertThat(at.weightJacobian().dataType()).isEqualTo(type);
        assertThat(at.vjp(at.output()).flat().dataType()).isEqualTo(type);
    }

    @Test
    void theJacobianOfTheBatchHasTheJacobiansOfTheExamplesOnItsDiagonal() {
        Linearization at =
                Derivatives.of(model(DataType.DOUBLE, new Dense(2), new Cube())).at(X);
        INDArray blocks = at.jacobian();

        INDArray whole = at.batchJacobian();

        assertThat(whole.shape()).containsExactly(4, 6);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 6; column++) {
                double block = row / 2 == column / 3 ? blocks.getDouble(row / 2, row % 2, column % 3) : 0;
                assertThat(whole.getDouble(row, column)).isEqualTo(block);
            }
        }
    }

    @Test
    void coupledExamplesHaveAJacobianOfTheBatch() {
        INDArray whole = Derivatives.of(new Centered(), Shape.of(1), 1)
                .at(new double[][] {{5}, {7}, {9}, {0}})
                .batchJacobian();

        // I − 1/4
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                assertThat(whole.getDouble(row, column)).isEqualTo(row == column ? 0.75 : -0.25);
            }
        }
    }

    @Test
    void theJacobianByAWeightContainsTheInfluenceOfCoupledExamples() {
        Sequential model = model(DataType.DOUBLE, new Dense(1), new Centered());

        INDArray jacobian = Derivatives.of(model).at(X).jacobian("0.weight");

        // yₙ = W (xₙ − mean of x)
        assertThat(Vectors.toDoubles(jacobian)).containsExactly(1, 1, 0.5, -1, -1, -0.5);
    }

    @Test
    void predictingIsAnotherFunction() {
        Derivatives f = Derivatives.of(new Staged(), Shape.of(1), 1);
        double[][] x = {{1}, {1}};

        double[] first = Vectors.toDoubles(f.at(x).jacobian());
        double[] third = Vectors.toDoubles(f.atStep(2).at(x).jacobian());

        assertThat(Vectors.toDoubles(f.predicting().at(x).jacobian())).containsExactly(1, 1);
        assertThat(first[0]).isGreaterThan(1);
        assertThat(first[1]).isCloseTo(first[0] + 0.1, within(1e-12));
        assertThat(third[0]).as("each step is random by itself").isNotEqualTo(first[0]);
        assertThat(Vectors.toDoubles(f.atStep(2).at(x).output())).containsExactly(third);
    }

    @Test
    void anExampleInAPassOfItsOwnKeepsItsPlaceInTheBatch() {
        Sequential model = model(DataType.DOUBLE, new Dense(2), new Staged(), new Cube());
        Linearization at = Derivatives.of(model).at(X);
        double[][] u = {{1, 2}, {3, -1}};

        INDArray jacobian = at.jacobian("0.weight");

        // Σₙ uₙ Jₙ, where each Jₙ was computed in its own pass, equals the result of one pass over all
        double[] expected = Vectors.toDoubles(at.vjp(u).parameter("0.weight"));
        double[] sum = new double[6];
        for (int n = 0; n < 2; n++) {
            for (int o = 0; o < 2; o++) {
                for (int i = 0; i < 6; i++) {
                    sum[i] += u[n][o] * jacobian.getDouble(n, o, i);
                }
            }
        }
        for (int i = 0; i < 6; i++) {
            assertThat(sum[i]).isCloseTo(expected[i], within(1e-12 * Math.abs(expected[i])));
        }
    }

    @Test
    void aModelWithoutWeightsHasAnEmptyGradient() {
        Gradient gradient = Derivatives.of(new Cube(), Shape.of(2), 1)
                .at(new double[][] {{1, 2}})
                .vjp(new double[][] {{1, 1}});

        assertThat(gradient.flat().isEmpty()).isTrue();
        assertThat(Vectors.toDoubles(gradient.input())).containsExactly(3, 12);
    }
}
