package io.jacobi.nn.calculus.layers;

import static io.jacobi.nn.calculus.layers.Proof.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.HardTanh;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares {@code backward} with the derivative of {@code forward}, computed symbolically instead of by hand. */
class LayersAreProvedTest {

    private static final double TOLERANCE = 1e-13;

    static Stream<Arguments> layers() {
        return Stream.of(
                arguments(new Affine(4), "Affine", Shape.of(5), Map.of()),
                arguments(new Affine(1), "Affine", Shape.of(1), Map.of()),
                arguments(new Relu(), "Relu", Shape.of(7), Map.of()),
                arguments(new LeakyRelu(0.2), "LeakyRelu", Shape.of(7), Map.of("alpha", number(0.2))),
                arguments(new HardTanh(-1, 0.5), "HardTanh", Shape.of(7), Map.of("l", number(-1), "u", number(0.5))),
                arguments(new Sigmoid(), "Sigmoid", Shape.of(7), Map.of()),
                arguments(new Tanh(), "Tanh", Shape.of(7), Map.of()),
                arguments(new Softplus(1.7), "Softplus", Shape.of(7), Map.of("beta", number(1.7))),
                arguments(new Silu(), "Silu", Shape.of(7), Map.of()),
                arguments(new Elu(0.7), "Elu", Shape.of(7), Map.of("alpha", number(0.7))),
                arguments(
                        new Selu(),
                        "Selu",
                        Shape.of(7),
                        Map.of("alpha", number(1.6732632423543772), "lambda", number(1.0507009873554805))),
                arguments(new Gelu(), "Gelu", Shape.of(7), Map.of("c", number(Math.sqrt(0.5)))),
                arguments(
                        Gelu.tanh(),
                        "Gelu(tanh)",
                        Shape.of(7),
                        Map.of("c", number(Math.sqrt(2 / Math.PI)), "a", number(0.044715))),
                arguments(new Softmax(), "Softmax", Shape.of(6), Map.of()),
                arguments(new LayerNorm(), "LayerNorm", Shape.of(6), Map.of("epsilon", number(1e-5))),
                arguments(new BatchNorm(), "BatchNorm", Shape.of(2, 4), Map.of("epsilon", number(1e-5))));
    }

    @ParameterizedTest(name = "{0} of {2}")
    @MethodSource("layers")
    void backwardIsTheDerivativeOfForward(Layer layer, String name, Shape example, Map<String, INDArray> constants) {
        for (int batch : new int[] {2, 3, 8}) {
            assertProved(Proof.of(LayerFormulas.named(name), layer, example, batch, constants));
        }
    }

    static Stream<Arguments> convolutions() {
        return Stream.of(
                arguments(new Conv2d(3, 2), 1, 0, 1),
                arguments(new Conv2d(2, 3, 2).withPadding(1), 1, 1, 1),
                arguments(new Conv2d(2, 2).withStride(2).withPadding(1), 2, 1, 1),
                arguments(new Conv2d(2, 2).withStride(3).withDilation(2), 3, 0, 2));
    }

    @ParameterizedTest(name = "stride {1}, padding {2}, dilation {3}")
    @MethodSource("convolutions")
    void aConvolutionIsAContraction(Conv2d layer, int stride, int padding, int dilation) {
        INDArray rows = Windows.selector(5, layer.kernelHeight(), stride, padding, dilation);
        INDArray columns = Windows.selector(4, layer.kernelWidth(), stride, padding, dilation);

        assertProved(
                Proof.of(LayerFormulas.named("Conv2d"), layer, Shape.of(2, 5, 4), 3, Map.of("D", rows, "E", columns)));
    }

    private static void assertProved(Map<String, Double> errors) {
        assertThat(errors)
                .hasSizeGreaterThan(1)
                .allSatisfy((what, error) -> assertThat(error).as(what).isLessThan(TOLERANCE));
    }

    @Test
    void theGradientOfMeanSquaredErrorIsItsDerivative() {
        SplittableRandom random = new SplittableRandom(5);
        INDArray y = Proof.random(random, 4, 3);
        INDArray target = Proof.random(random, 4, 3);

        assertLossProved(new MeanSquaredError(), "MeanSquaredError", "Y", y, Map.of("Y", y, "T", target), target);
    }

    @Test
    void theGradientOfSoftmaxCrossEntropyIsItsDerivative() {
        SplittableRandom random = new SplittableRandom(6);
        INDArray z = Proof.random(random, 4, 3);
        INDArray rows = Memory.array(DataType.DOUBLE, 4, 3);
        Vectors.set(rows, new double[] {0.2, 0.5, 0.3, 1, 0, 0, 0.25, 0.25, 0.5, 0, 0.9, 0.1});

        assertLossProved(new SoftmaxCrossEntropy(), "SoftmaxCrossEntropy", "Z", z, Map.of("Z", z, "Q", rows), rows);
    }

    @Test
    void theGradientOfSoftmaxCrossEntropyIsItsDerivativeForClassesAndSmoothing() {
        INDArray z = Proof.random(new SplittableRandom(7), 3, 4);
        INDArray classes = Memory.vector(DataType.DOUBLE, 3);
        Vectors.set(classes, new double[] {2, 0, 3});
        INDArray smooth = Memory.array(DataType.DOUBLE, 3, 4);
        double rest = 0.2 / 4;
        double right = 0.8 + rest;
        Vectors.set(smooth, new double[] {rest, rest, right, rest, right, rest, rest, rest, rest, rest, rest, right});

        assertLossProved(
                new SoftmaxCrossEntropy(0.2), "SoftmaxCrossEntropy", "Z", z, Map.of("Z", z, "Q", smooth), classes);
    }

    private static void assertLossProved(
            Loss loss, String name, String input, INDArray prediction, Map<String, INDArray> values, INDArray target) {
        LayerFormula formula = LayerFormulas.named(name);
        INDArray gradient = Memory.array(DataType.DOUBLE, prediction.shape());
        double value = loss.valueAndGradient(prediction, target, gradient, new Scratch());

        assertThat(formula.forward().evaluate(values).getDouble(0)).isCloseTo(value, within(TOLERANCE));
        assertThat(Proof.error(formula.backward(input).derivative().evaluate(values), gradient))
                .isLessThan(TOLERANCE);
    }

    @Test
    void aWrongBackwardIsDetected() {
        // the formula has ε = 1e-5; a layer whose ε is larger by a thousandth must fail
        Map<String, Double> errors = Proof.of(
                LayerFormulas.named("LayerNorm"),
                new LayerNorm(false, 1.001e-5),
                Shape.of(6),
                3,
                Map.of("epsilon", number(1e-5)));

        assertThat(errors.get("X")).isGreaterThan(TOLERANCE);
        assertThat(errors.get("gamma")).isGreaterThan(TOLERANCE);
        assertThat(errors.get("beta")).isLessThan(TOLERANCE);
    }

    @Test
    void everyFormulaIsProved() {
        List<String> proved = new ArrayList<>(List.of("Conv2d", "SoftmaxCrossEntropy", "MeanSquaredError"));
        layers().forEach(arguments -> proved.add((String) arguments.get()[1]));

        assertThat(LayerFormulas.all()).extracting(LayerFormula::name).isSubsetOf(proved);
    }

    @Test
    void unknownLayersAndVariablesAreRejected() {
        assertThatThrownBy(() -> LayerFormulas.named("affine"))
                .hasMessageContaining("there is no formula for affine")
                .hasMessageContaining("expected one of [Affine, Relu,");
        assertThatThrownBy(() -> LayerFormulas.named("Affine").backward("Z"))
                .hasMessageContaining("there is no variable Z");
        assertThatThrownBy(() -> Windows.selector(3, 3, 1, 0, 2))
                .hasMessageContaining("a window of 5 elements does not fit an axis of 3")
                .hasMessageContaining("expected at most 3 elements");
    }
}
