package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Derivatives of models of real layers. */
class DerivativesTest {

    private static final int BATCH = 3;
    private static final double STEP = 1e-6;

    static List<LayerCheck> checks() {
        return LayerChecks.all();
    }

    /** Every output by every input, training and predicting: what a projection of the output might hide. */
    @ParameterizedTest
    @MethodSource("checks")
    void theJacobianOfEveryLayerIsThatOfItsOutput(LayerCheck check) {
        // an index cannot be varied
        if (check.inputs().equals(Initializers.normal(0, 1))) {
            Derivatives f = Derivatives.of(check.subject(), check.input(), 7);
            if (!f.model().state().isEmpty()) {
                Vectors.set(
                        f.model().state(), normals(3, (int) f.model().state().length(), 2, 0.3));
            }
            double[] x = normals(1, (int) (BATCH * check.input().size()), 0, 1);

            compareWithDifferences(f, w -> w.forward(0, 0), x);
            compareWithDifferences(f.predicting(), Workspace::predict, x);
        }
    }

    private static void compareWithDifferences(Derivatives f, Consumer<Workspace> pass, double[] x) {
        INDArray jacobian = f.at(array(f.model().inputShape(), x)).batchJacobian();
        try (Workspace w = Workspace.forInference(f.model(), BATCH)) {
            for (int i = 0; i < x.length; i++) {
                double[] above = outputMoved(w, pass, x, i, STEP);
                double[] below = outputMoved(w, pass, x, i, -STEP);
                for (int o = 0; o < above.length; o++) {
                    double slope = (above[o] - below[o]) / (2 * STEP);
                    assertThat(jacobian.getDouble(o, i))
                            .as("∂y_%d / ∂x_%d", o, i)
                            .isCloseTo(slope, within(1e-7 * Math.max(1, Math.abs(slope))));
                }
            }
        }
    }

    private static double[] outputMoved(Workspace w, Consumer<Workspace> pass, double[] x, int i, double step) {
        double[] moved = x.clone();
        moved[i] += step;
        Vectors.set(w.input(), moved);
        pass.accept(w);
        return Vectors.toDoubles(w.output());
    }

    private static INDArray array(Shape example, double[] values) {
        INDArray array = Memory.array(DataType.DOUBLE, example.withBatch(values.length / example.size()));
        Vectors.set(array, values);
        return array;
    }

    private static double[] normals(long seed, int count, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextGaussian(mean, deviation));
        return values;
    }

    @Test
    void theJacobianOfAnAffineLayerIsItsWeight() {
        Derivatives f = Derivatives.of(new Affine(2), Shape.of(3), 1);

        INDArray jacobian = f.at(new double[][] {{1, 2, 3}, {4, 5, 6}}).jacobian();

        double[] weight = Vectors.toDoubles(f.model().value("0.weight"));
        assertThat(Vectors.toDoubles(jacobian))
                .startsWith(weight)
                .endsWith(weight)
                .hasSize(12);
    }

    @Test
    void theJacobianOfSoftmaxIsTheCovarianceOfItsProbabilities() {
        Linearization at =
                Derivatives.of(new Softmax(), Shape.of(4), 1).at(new double[][] {{1, -2, 0.5, 3}, {0, 0, 700, -700}});
        INDArray p = at.output();

        INDArray jacobian = at.jacobian();

        // diag(p) − p pᵀ
        for (int n = 0; n < 2; n++) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    double expected = p.getDouble(n, i) * ((i == j ? 1 : 0) - p.getDouble(n, j));
                    assertThat(jacobian.getDouble(n, i, j)).isCloseTo(expected, within(1e-15));
                }
            }
        }
    }

    @Test
    void aHessianLeavesWeightsAndRunningStatisticsAlone() {
        Sequential model = model(new Affine(4), new BatchNorm(), new Dropout(0.5), new Affine(2));
        double[] weights = Vectors.toDoubles(model.weights());
        double[] states = Vectors.toDoubles(model.state());

        LossDerivatives.of(model, new MeanSquaredError())
                .at(array(Shape.of(3), normals(1, 15, 0, 1)), array(Shape.of(2), normals(2, 10, 0, 1)))
                .hessian();

        assertThat(Vectors.toDoubles(model.weights())).containsExactly(weights);
        assertThat(Vectors.toDoubles(model.state())).containsExactly(states);
    }

    @Test
    void dropoutKeepsItsMasksOnBothSidesOfADifferenceAndHasOthersInAnotherStep() {
        Sequential model = model(new Affine(8), new Tanh(), new Dropout(0.5), new Affine(2));
        LossDerivatives loss = LossDerivatives.of(model, new MeanSquaredError());
        INDArray x = array(Shape.of(3), normals(1, 15, 0, 1));
        INDArray t = array(Shape.of(2), normals(2, 10, 0, 1));

        Hessian first = loss.at(x, t).hessian();

        assertThat(first.asymmetry()).isLessThan(1e-9);
        assertThat(first.matrix())
                .isNotEqualTo(loss.atStep(1).at(x, t).hessian().matrix());
        assertThat(first.matrix())
                .isNotEqualTo(loss.predicting().at(x, t).hessian().matrix());
    }

    @Test
    void perExampleJacobiansAddUpToTheGradientOfTheBatch() {
        Sequential model = model(new Affine(6), new Dropout(0.5), new Tanh(), new Affine(2));
        Linearization at = Derivatives.of(model).atStep(3).at(array(Shape.of(3), normals(1, 12, 0, 1)));
        double[] u = normals(5, 8, 0, 1);
        double[] expected = Vectors.toDoubles(at.vjp(array(Shape.of(2), u)).flat());

        INDArray jacobian = at.weightJacobian();

        for (int i = 0; i < expected.length; i++) {
            double sum = 0;
            for (int row = 0; row < u.length; row++) {
                sum += u[row] * jacobian.getDouble(row / 2, row % 2, i);
            }
            assertThat(sum).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void theHessianOfAReluNetworkIsThatOfItsSmoothPiece() {
        Sequential model = model(new Affine(5), new Relu(), new Affine(3));

        Hessian hessian = LossDerivatives.of(model, new SoftmaxCrossEntropy())
                .at(
                        array(Shape.of(3), normals(1, 30, 0, 1)),
                        array(Shape.of(), new double[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0}))
                .hessian();

        assertThat(hessian.asymmetry()).isLessThan(1e-9);
        assertThat(Arrays.stream(Vectors.toDoubles(hessian.matrix()))
                        .map(Math::abs)
                        .max()
                        .orElseThrow())
                .isGreaterThan(0.01);
    }

    private static Sequential model(Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(3));
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return builder.build(DataType.DOUBLE, 1);
    }
}
