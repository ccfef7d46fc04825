package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Claiming;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.derivative.Layers.Centered;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Derivatives that do not exist or cannot be computed are refused, and the message says how to fix it. */
class DerivativeErrorsTest {

    private static final double[][] X = {{1, 2, 3}, {-1, 0, 2}};
    private static final double[][] T = {{1, 0}, {0.5, 2}};

    private static Sequential model(DataType type, Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(3));
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return builder.build(type, 1);
    }

    private static Linearization dense() {
        return Derivatives.of(model(DataType.DOUBLE, new Dense(2))).at(X);
    }

    private static Expansion squaredError(DataType type, Layer... layers) {
        return LossDerivatives.of(model(type, layers), new MeanSquaredError()).at(X, T);
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains("\n  expected "));
    }

    private static void assertUnfit(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains("\n  fix: "));
    }

    @Test
    void examplesOfAnotherShape() {
        Derivatives f = Derivatives.of(model(DataType.DOUBLE, new Dense(2)));

        assertUnfit(() -> f.at(new double[][] {{1, 2}}), "expects  [n, 3]", "received [1, 2]");
        assertUnfit(() -> f.at(TestArrays.vector(DataType.DOUBLE, 1, 2, 3)), "received [3]");
        assertUnfit(() -> f.at(Nd4j.scalar(1.0)), "received []");
        assertUnfit(() -> f.at(Nd4j.empty(DataType.DOUBLE)), "expects  [n, 3]");
        assertUnfit(() -> f.at(new double[0][]), "at least one example");
        assertUnfit(() -> f.at(new double[][] {{1, 2, 3}, {1, 2}}), "row 1 differs", "received 2 values");
    }

    @Test
    void aVectorOfAnotherShape() {
        assertUnfit(() -> dense().vjp(new double[][] {{1, 2}}), "expects  [2, 2]", "received [1, 2]");
        assertUnfit(() -> dense().vjp(new double[][] {{1, 2, 3}, {1, 2, 3}}), "expects  [2, 2]");
    }

    @Test
    void anUnknownParameter() {
        Linearization at = Derivatives.of(model(DataType.DOUBLE, new Dense(2), new Centered()))
                .at(X);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> at.jacobian("weight"))
                .withMessage("There is no trained parameter \"weight\"; there are [0.weight, 0.bias]");
        assertThatIllegalArgumentException()
                .as("there is no derivative with respect to a state")
                .isThrownBy(() -> at.vjp(at.output()).parameter("1.passes"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> squaredError(DataType.DOUBLE, new Dense(2)).hessian("1.weight"));
    }

    @Test
    void theJacobianOfAnExampleThatDependsOnOthers() {
        Derivatives f = Derivatives.of(model(DataType.DOUBLE, new Dense(2), new Centered()));

        assertRefused(() -> f.at(X).jacobian(), "Layer 2 of 2, Centered", "batchJacobian()", "predicting()");
        assertThat(f.predicting().at(X).jacobian().shape()).containsExactly(2, 2, 3);
    }

    @Test
    void aModelWithoutWeights() {
        Sequential model = model(DataType.DOUBLE, new Rectifier());

        assertRefused(() -> Derivatives.of(model).at(X).weightJacobian(), "Rectifier", "no weights");
        assertRefused(
                () -> LossDerivatives.of(model, new MeanSquaredError()).at(X, X).hessian(), "no weights");
    }

    @Test
    void secondDerivativesInFloat() {
        Expansion at = squaredError(DataType.FLOAT, new Dense(2));

        assertRefused(at::hessian, "The model is FLOAT", "expected a DOUBLE model", "fix: ");
        assertRefused(() -> at.hessian("0.bias"), "FLOAT");
        assertRefused(() -> at.hvp(new double[8]), "FLOAT");
        assertThat(at.gradient().flat().dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void aHessianThatIsTooLarge() {
        Expansion at = squaredError(DataType.DOUBLE, new Dense(1024), new Dense(2));

        assertRefused(at::hessian, "6146 x 6146", "at most 4096 weights", "hvp(v)");
        assertThat(at.hessian("1.bias").matrix().shape()).containsExactly(2, 2);
    }

    @Test
    void aDirectionThatDoesNotFitTheWeights() {
        Expansion at = squaredError(DataType.DOUBLE, new Dense(2));

        assertUnfit(() -> at.hvp(1, 2, 3), "expects  [8]", "received [3]");
        assertUnfit(at::hvp, "there are no values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at.hvp(1, 2, 3, Double.NaN, 5, 6, 7, 8))
                .withMessageContaining("NaN or infinite");
    }

    @Test
    void targetsThatDoNotFit() {
        LossDerivatives loss = LossDerivatives.of(model(DataType.DOUBLE, new Dense(2)), new MeanSquaredError());

        assertUnfit(() -> loss.at(X, new double[][] {{1, 0}}), "1 targets");
        assertUnfit(() -> loss.at(X, 1, 0), "MeanSquaredError");
        INDArray flat = TestArrays.normal(DataType.DOUBLE, 1, 2, 4);
        assertUnfit(() -> loss.at(Batch.of(flat, flat)), "features of shape [3]");
        Expansion impossible = LossDerivatives.of(model(DataType.DOUBLE, new Dense(2)), new SoftmaxCrossEntropy())
                .at(X, 0, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(impossible::value)
                .withMessageContaining("example 1 of the batch is class 2");
    }

    @Test
    void aStepBeforeTheFirst() {
        Derivatives f = Derivatives.of(model(DataType.DOUBLE, new Dense(2)));

        assertThatIllegalArgumentException().isThrownBy(() -> f.atStep(-1)).withMessageContaining("expected 0 or more");
    }

    @Test
    void aLossThatMisreadsTheOutput() {
        Sequential model = model(DataType.DOUBLE, new Dense(2), new Claiming(OutputKind.PROBABILITIES));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossDerivatives.of(model, new SoftmaxCrossEntropy()))
                .withMessageContaining("does not go with the loss");
    }

    @Test
    void aJacobianOfMoreElementsThanAnArrayHas() {
        Linearization at = Derivatives.of(
                        Sequential.input(Shape.of(40_000)).add(new Rectifier()).build(DataType.DOUBLE, 1))
                .at(TestArrays.of(DataType.DOUBLE, new double[80_000], 2, 40_000));

        assertThatIllegalArgumentException()
                .isThrownBy(at::jacobian)
                .withMessageContaining("3200000000 elements is too long")
                .withMessageContaining("fix: ");
        assertThat(Vectors.toDoubles(at.output())).containsOnly(0);
    }
}
