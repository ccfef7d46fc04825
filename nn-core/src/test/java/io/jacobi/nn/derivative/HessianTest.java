package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.derivative.Layers.Cube;
import io.jacobi.nn.derivative.Layers.Staged;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Second derivatives of losses whose Hessians are known. */
class HessianTest {

    private static final double[][] X = {{1, 2, 3}, {-1, 0, 2}, {0.5, -2, 1}, {2, 1, 0}};
    private static final double[][] T = {{0.3, 1}, {-1, 0}, {2, 0.5}, {1, -1}};
    private static final double[] CLASSES = {0, 1, 1, 2};

    private static Sequential model(long seed, Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(3));
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return builder.build(DataType.DOUBLE, seed);
    }

    /** Element i of an input with a 1 at the end, for the bias. */
    private static double augmented(double[] x, int i) {
        return i < x.length ? x[i] : 1;
    }

    /** Position of the weight from input i to output o in the flat vector; i = inputs is the bias. */
    private static int at(int o, int i, int outputs, int inputs) {
        return i < inputs ? o * inputs + i : outputs * inputs + o;
    }

    @Test
    void ofTheSquaredErrorOfALinearModelIsTheSecondMomentOfTheInputs() {
        Hessian hessian = LossDerivatives.of(model(1, new Dense(2)), new MeanSquaredError())
                .at(X, T)
                .hessian();

        // L = 1/(N·outputs) Σₙ |W xₙ + b − tₙ|²: two independent outputs, 2/(N·outputs) Σₙ x̃ₙ x̃ₙᵀ for
        // each
        INDArray h = hessian.matrix();
        assertThat(h.shape()).containsExactly(8, 8);
        for (int o = 0; o < 2; o++) {
            for (int p = 0; p < 2; p++) {
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        double moment = 0;
                        for (double[] x : X) {
                            moment += augmented(x, i) * augmented(x, j);
                        }
                        double expected = o == p ? 2 * moment / (X.length * 2) : 0;
                        assertThat(h.getDouble(at(o, i, 2, 3), at(p, j, 2, 3)))
                                .as("∂²L/∂w_%d%d ∂w_%d%d", o, i, p, j)
                                .isCloseTo(expected, within(1e-9));
                    }
                }
            }
        }
        assertThat(hessian.asymmetry()).isLessThan(1e-9);
    }

    @Test
    void ofLogisticRegressionIsTheMeanOfCovariancesTimesSecondMoments() {
        Sequential model = model(3, new Dense(3));
        INDArray p = softmax(Derivatives.of(model).at(X).output());

        Hessian hessian = LossDerivatives.of(model, new SoftmaxCrossEntropy())
                .at(X, CLASSES)
                .hessian();

        // mean over n of (diag(pₙ) − pₙ pₙᵀ) ⊗ x̃ₙ x̃ₙᵀ
        for (int o = 0; o < 3; o++) {
            for (int q = 0; q < 3; q++) {
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        double expected = 0;
                        for (int n = 0; n < X.length; n++) {
                            double covariance =
                                    (o == q ? p.getDouble(n, o) : 0) - p.getDouble(n, o) * p.getDouble(n, q);
                            expected += covariance * augmented(X[n], i) * augmented(X[n], j) / X.length;
                        }
                        assertThat(hessian.matrix().getDouble(at(o, i, 3, 3), at(q, j, 3, 3)))
                                .as("∂²L/∂w_%d%d ∂w_%d%d", o, i, q, j)
                                .isCloseTo(expected, within(1e-9));
                    }
                }
            }
        }
        assertThat(hessian.asymmetry()).isLessThan(1e-9);
    }

    private static INDArray softmax(INDArray z) {
        double[] p = Vectors.toDoubles(z);
        int classes = (int) z.size(1);
        for (int row = 0; row < p.length; row += classes) {
            double sum = 0;
            for (int c = row; c < row + classes; c++) {
                p[c] = Math.exp(p[c]);
                sum += p[c];
            }
            for (int c = row; c < row + classes; c++) {
                p[c] /= sum;
            }
        }
        return TestArrays.of(DataType.DOUBLE, p, z.shape());
    }

    @Test
    void timesAVectorIsTheProductWithoutTheMatrix() {
        Expansion at = LossDerivatives.of(model(2, new Dense(4), new Cube(), new Dense(2)), new MeanSquaredError())
                .at(X, T);
        INDArray h = at.hessian().symmetric();
        double scale = Arrays.stream(Vectors.toDoubles(h)).map(Math::abs).max().orElseThrow();
        double[] v = TestArrays.normals(5, (int) h.size(0));

        INDArray product = at.hvp(v);

        for (int i = 0; i < v.length; i++) {
            double sum = 0;
            for (int j = 0; j < v.length; j++) {
                sum += h.getDouble(i, j) * v[j];
            }
            assertThat(product.getDouble(i)).as("(H v)_%d", i).isCloseTo(sum, within(1e-8 * scale));
        }
    }

    @Test
    void timesAVectorGrowsWithTheVectorAndIsZeroForZero() {
        Expansion at = LossDerivatives.of(model(2, new Dense(2)), new MeanSquaredError())
                .at(X, T);
        double[] v = TestArrays.normals(5, 8);
        double[] product = Vectors.toDoubles(at.hvp(v));

        for (double factor : new double[] {1e-200, -1e-6, 3, 1e6, 1e200}) {
            double[] scaled = Vectors.toDoubles(
                    at.hvp(Arrays.stream(v).map(a -> factor * a).toArray()));
            for (int i = 0; i < v.length; i++) {
                assertThat(scaled[i] / factor).isCloseTo(product[i], within(1e-9));
            }
        }
        assertThat(Vectors.toDoubles(at.hvp(new double[8]))).containsOnly(0);
    }

    @Test
    void aBlockIsThePartOfTheWholeThatBelongsToAParameter() {
        Sequential model = model(2, new Dense(2), new Cube(), new Dense(2));
        Expansion at = LossDerivatives.of(model, new MeanSquaredError()).at(X, T);
        INDArray whole = at.hessian().matrix();
        int offset = (int) model.parameters().get(2).offset();

        INDArray block = at.hessian("2.weight").matrix();

        assertThat(block.shape()).containsExactly(4, 4);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(block.getDouble(i, j)).isEqualTo(whole.getDouble(offset + i, offset + j));
            }
        }
    }

    @Test
    void theSymmetricMatrixIsTheMeanOfBothHalves() {
        Hessian hessian = LossDerivatives.of(model(2, new Dense(2), new Cube()), new MeanSquaredError())
                .at(X, T)
                .hessian();
        INDArray raw = hessian.matrix();
        INDArray symmetric = hessian.symmetric();

        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(symmetric.getDouble(i, j))
                        .isEqualTo(symmetric.getDouble(j, i))
                        .isEqualTo((raw.getDouble(i, j) + raw.getDouble(j, i)) / 2);
            }
        }
    }

    @Test
    void aWrongBackwardPassShowsInTheAsymmetry() {
        Layer wrong = new Layers.WrongCube();

        Hessian hessian = LossDerivatives.of(model(2, new Dense(2), wrong, new Dense(2)), new MeanSquaredError())
                .at(X, T)
                .hessian();

        assertThat(hessian.asymmetry()).isGreaterThan(1e-2);
    }

    @Test
    void theHessianOfALossWithoutCurvatureIsZeroAndSymmetric() {
        // every weight is multiplied by an input of 0
        Hessian hessian = LossDerivatives.of(model(2, new Dense(1)), new MeanSquaredError())
                .at(new double[][] {{0, 0, 0}}, new double[][] {{1}})
                .hessian("0.weight");

        assertThat(Vectors.toDoubles(hessian.matrix())).containsOnly(0);
        assertThat(hessian.asymmetry()).isZero();
    }

    @Test
    void bothSidesOfADifferenceSeeTheSameRandomNumbers() {
        Expansion at = LossDerivatives.of(model(1, new Dense(2), new Staged()), new MeanSquaredError())
                .atStep(7)
                .at(X, T);

        Hessian hessian = at.hessian();

        // quadratic in the weights, whatever the factors are, so the difference is exact except for rounding
        double[] first = Vectors.toDoubles(hessian.matrix());
        double scale = Arrays.stream(first).map(Math::abs).max().orElseThrow();
        assertThat(hessian.asymmetry()).isLessThan(1e-9);
        assertThat(Vectors.toDoubles(at.hessian().matrix())).containsExactly(first);
        assertThat(scale).as("the factors of training, not of prediction").isGreaterThan(100);
    }

    @Test
    void valueAndGradientBelongToTheLoss() {
        Sequential model = model(1, new Dense(2));
        Vectors.set(model.weights(), new double[] {1, 0, -1, 2, 1, 0, 0.5, -1});
        Expansion at = LossDerivatives.of(model, new MeanSquaredError())
                .at(new double[][] {{1, 2, 3}, {-1, 0, 2}}, new double[][] {{-0.5, 3}, {-2.5, -1}});

        // y = (-1.5, 3), (-2.5, -3): errors -1, 0, 0, -2; dy = 2 error / 4
        assertThat(at.value()).isEqualTo(5.0 / 4);
        assertThat(Vectors.toDoubles(at.gradient().parameter("0.bias"))).containsExactly(-0.5, -1);
        assertThat(Vectors.toDoubles(at.gradient().parameter("0.weight"))).containsExactly(-0.5, -1, -1.5, 1, 0, -2);
        // dX = dY W
        assertThat(Vectors.toDoubles(at.gradient().input())).containsExactly(-0.5, 0, 0.5, -2, -1, 0);
    }

    @Test
    void examplesOfABatchMayHaveWeights() {
        LossDerivatives loss = LossDerivatives.of(model(1, new Dense(2), new Cube()), new MeanSquaredError());
        INDArray x = TestArrays.normal(DataType.DOUBLE, 1, 3, 3);
        INDArray t = TestArrays.normal(DataType.DOUBLE, 2, 3, 2);

        Expansion weighted = loss.at(Batch.of(x, t, 2, 0, 1));
        Expansion repeated = loss.at(rows(x, 0, 0, 2), rows(t, 0, 0, 2));

        assertThat(weighted.value()).isCloseTo(repeated.value(), within(1e-14));
        assertThat(Vectors.toDoubles(weighted.hessian().matrix()))
                .containsExactly(Vectors.toDoubles(repeated.hessian().matrix()), within(1e-9));
    }

    private static INDArray rows(INDArray array, int... rows) {
        int width = (int) array.size(1);
        double[] values = Arrays.stream(rows)
                .boxed()
                .flatMapToDouble(r -> Arrays.stream(Vectors.toDoubles(array), r * width, (r + 1) * width))
                .toArray();
        return TestArrays.of(DataType.DOUBLE, values, rows.length, width);
    }
}
