package io.jacobi.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Exports agree with Jacobi on inputs far from 0, large, small and mixed, where operators cancel or overflow. */
class UnfriendlyInputsTest {

    private static final Map<String, Initializer> INPUTS = inputs();

    private static Map<String, Initializer> inputs() {
        Map<String, Initializer> inputs = new LinkedHashMap<>();
        for (double mean : new double[] {5, -5, -20, -80, 100, 1e4, 4e4, -1e5, 1e6}) {
            inputs.put("mean " + mean, Initializers.normal(mean, 1));
        }
        for (double scale : new double[] {1e-30, 1e-10, 1e-6, 1e-3, 1e3, 1e6, 1e10, 1e20, 1e30}) {
            inputs.put("scale " + scale, Initializers.normal(0, scale));
        }
        inputs.put("all equal", Initializers.constant(40_000));
        inputs.put("zeros", Initializers.zeros());
        inputs.put("1e-3 to 1e3", each(random -> sign(random) * Math.pow(10, random.nextDouble(-3, 3))));
        inputs.put("1e-6 to 1e6", each(random -> sign(random) * Math.pow(10, random.nextDouble(-6, 6))));
        return inputs;
    }

    private static Initializer each(ToDoubleFunction<RandomGenerator> draw) {
        return (values, shape, random) -> Arrays.setAll(values, i -> draw.applyAsDouble(random));
    }

    private static int sign(RandomGenerator random) {
        return random.nextBoolean() ? 1 : -1;
    }

    static Stream<Models> floats() {
        return Models.all(DataType.FLOAT).filter(model -> !model.readsIndices());
    }

    static Stream<Models> doubles() {
        return Models.all(DataType.DOUBLE).filter(model -> !model.readsIndices() && !model.isForFloatsOnly());
    }

    @ParameterizedTest
    @MethodSource({"floats", "doubles"})
    void agreesOnAnyNumbers(Models model) throws OrtException {
        try (Agreement agreement =
                new Agreement(model, model.file(), model.model().dataType())) {
            for (Map.Entry<String, Initializer> inputs : INPUTS.entrySet()) {
                INDArray x = model.withInputs(inputs.getValue()).examples(3);
                agreement.verify(inputs.getKey(), x);
            }
        }
    }

    /** Deviations −1.5 to 1.5, variance 1.25: ±1.5 / √1.25001 and ±0.5 / √1.25001. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void layerNormKeepsTheDigitsOfDifferences(DataType type) throws OrtException {
        double[] y = predict(new LayerNorm(), type, 40_000, 40_001, 40_002, 40_003);

        assertThat(y).containsExactly(new double[] {-1.341635, -0.447212, 0.447212, 1.341635}, Offset.offset(1e-6));
    }

    /** The squares of these deviations are infinite in float. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void layerNormTakesNumbersWhoseSquaresOverflow(DataType type) throws OrtException {
        double[] y = predict(new LayerNorm(), type, 1e20, 2e20, 3e20, 4e20);

        assertThat(y).containsExactly(new double[] {-1.341641, -0.447214, 0.447214, 1.341641}, Offset.offset(1e-6));
    }

    /** (40,001 − 40,000) / √(0.25 + 1e-5) and its negative. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void batchNormSubtractsTheMeanBeforeItScales(DataType type) throws OrtException {
        Sequential model = Sequential.input(Shape.of(2)).add(new BatchNorm()).build(type, 1);
        Vectors.set(model.state(), new double[] {40_000, 40_000, 0.25, 0.25});

        assertThat(predict(model, 40_001, 39_999))
                .containsExactly(new double[] {1.999960, -1.999960}, Offset.offset(1e-6));
    }

    /** e^−1e-9 − 1 = −1e-9 + 5e-19. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void eluAndSeluKeepTheDigitsOfSmallNumbers(DataType type) throws OrtException {
        assertThat(predict(new Elu(), type, -1e-9)[0]).isCloseTo(-1e-9, Percentage.withPercentage(1e-4));
        assertThat(predict(new Selu(), type, -1e-9)[0])
                .isCloseTo(-1e-9 * Selu.ALPHA * Selu.LAMBDA, Percentage.withPercentage(1e-4));
    }

    /** σ(−40) = e^−40 and log(1 + e^−40) = e^−40 to 17 digits. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void tailsAreNotZero(DataType type) throws OrtException {
        for (Layer layer : new Layer[] {new Sigmoid(), new Softplus()}) {
            assertThat(predict(layer, type, -40)[0])
                    .as(layer.toString())
                    .isCloseTo(4.248354e-18, Percentage.withPercentage(1e-3));
        }
        // log(1 + e^−40) / 2
        assertThat(predict(new Softplus(2), type, -20)[0]).isCloseTo(2.124177e-18, Percentage.withPercentage(1e-3));
    }

    private static double[] predict(Layer layer, DataType type, double... x) throws OrtException {
        return predict(Sequential.input(Shape.of(x.length)).add(layer).build(type, 1), x);
    }

    private static double[] predict(Sequential model, double... x) throws OrtException {
        INDArray input = Memory.array(model.dataType(), 1, x.length);
        Vectors.set(input, x);
        try (OnnxSession session = new OnnxSession(OnnxExport.of(model).toBytes())) {
            return session.run(input);
        }
    }
}
