package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class SequentialTest {

    private static Sequential model(DataType type, long seed) {
        return Sequential.input(Shape.of(4))
                .add(new Dense(3))
                .add(new Rectifier())
                .add("head", new Dense(2))
                .build(type, seed);
    }

    @Test
    void parametersFollowEachOtherWithoutGaps() {
        Sequential model = model(DataType.FLOAT, 1);

        assertThat(model.parameters())
                .extracting(Parameter::path)
                .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
        long end = 0;
        for (Parameter p : model.parameters()) {
            assertThat(p.offset()).as(p.path()).isEqualTo(end);
            end = p.end();
        }
        assertThat(end)
                .isEqualTo(3 * 4 + 3 + 2 * 3 + 2)
                .isEqualTo(model.parameterCount())
                .isEqualTo(model.weights().length());
    }

    @Test
    void aValueIsAViewOfTheWeights() {
        Sequential model = model(DataType.DOUBLE, 1);
        Parameter head = model.parameters().get(2);
        double[] weights = Vectors.toDoubles(model.weights());

        assertThat(model.value("2.weight").shape()).containsExactly(2, 3);
        assertThat(Vectors.toDoubles(model.value("2.weight")))
                .containsExactly(Arrays.copyOfRange(weights, (int) head.offset(), (int) head.end()));

        Span.of(model.weights()).set((int) head.offset() + 4, 123);
        assertThat(model.value("2.weight").getDouble(1, 1)).isEqualTo(123);
    }

    @Test
    void aCopyKeepsTheCurrentWeights() {
        Sequential model = model(DataType.DOUBLE, 1);
        Vectors.set(model.value("0.bias"), new double[] {7, 8, 9});

        Sequential copy = model.copy();

        assertThat(copy.summary()).isEqualTo(model.summary()).contains("head");
        assertThat(copy.seed()).isEqualTo(model.seed());
        assertThat(Vectors.toDoubles(copy.weights())).containsExactly(Vectors.toDoubles(model.weights()));
        Vectors.set(copy.value("0.bias"), new double[3]);
        assertThat(Vectors.toDoubles(model.value("0.bias"))).containsExactly(7, 8, 9);
    }

    @Test
    void aModelWithoutWeightsCanBeCopied() {
        Sequential copy = Sequential.input(Shape.of(4))
                .add(new Rectifier())
                .build(DataType.FLOAT, 1)
                .copy();

        assertThat(copy.weights().isEmpty()).isTrue();
        assertThat(copy.outputShape()).isEqualTo(Shape.of(4));
    }

    @Test
    void anUnknownPathIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(DataType.FLOAT, 1).value("1.weight"))
                .withMessage("There is no parameter \"1.weight\"; there are [0.bias, 0.weight, 2.bias, 2.weight]");
    }

    @Test
    void theSeedDeterminesTheWeights() {
        double[] weights = Vectors.toDoubles(model(DataType.DOUBLE, 1).weights());

        assertThat(Vectors.toDoubles(model(DataType.DOUBLE, 1).weights())).isEqualTo(weights);
        assertThat(Vectors.toDoubles(model(DataType.DOUBLE, 2).weights())).isNotEqualTo(weights);
    }

    @Test
    void equalLayersStartDifferently() {
        Sequential twice = Sequential.input(Shape.of(3))
                .add(new Dense(3))
                .add(new Dense(3))
                .build(DataType.DOUBLE, 1);

        assertThat(Vectors.toDoubles(twice.value("0.weight"))).isNotEqualTo(Vectors.toDoubles(twice.value("1.weight")));
    }

    @Test
    void floatWeightsAreTheDoubleWeightsRounded() {
        double[] rounded = Arrays.stream(
                        Vectors.toDoubles(model(DataType.DOUBLE, 1).weights()))
                .map(w -> (float) w)
                .toArray();

        assertThat(Vectors.toDoubles(model(DataType.FLOAT, 1).weights())).containsExactly(rounded);
    }

    @Test
    void summaryShowsShapesCountsAndBytes() {
        List<String> lines =
                model(DataType.FLOAT, 42).summary().lines().map(String::strip).toList();

        assertThat(lines).hasSize(7);
        assertThat(lines.get(1)).matches("input +\\[4]");
        assertThat(lines.get(2)).matches("0 +Dense\\(3\\) +\\[3] +15 +60");
        assertThat(lines.get(3)).matches("1 +Rectifier +\\[3] +0 +0");
        assertThat(lines.get(4)).matches("2 +Dense\\(2\\) \"head\" +\\[2] +8 +32");
        assertThat(lines.get(5)).matches("total +23 +92");
        // to predict x 4 and y 3 + 3 + 2; to train also dy 3 + 3 + 2
        assertThat(lines.get(6)).isEqualTo("FLOAT, seed 42; buffers for one example: 48 bytes to predict, 80 to train");
    }

    @Test
    void aCopyInAnotherPrecisionHasTheSameWeights() {
        Sequential model = model(DataType.FLOAT, 9);

        Sequential copy = model.copy(DataType.DOUBLE);

        assertThat(copy.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(copy).hasToString(model.toString());
        assertThat(copy.label(2)).isEqualTo(model.label(2));
        assertThat(copy.seed()).isEqualTo(9);
        assertThat(Vectors.toDoubles(copy.weights())).containsExactly(Vectors.toDoubles(model.weights()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.copy(DataType.BOOL))
                .withMessage("A model is FLOAT or DOUBLE; received BOOL");
    }

    @Test
    void describesItself() {
        Sequential model = model(DataType.DOUBLE, 9);

        assertThat(model.inputShape()).isEqualTo(Shape.of(4));
        assertThat(model.outputShape()).isEqualTo(Shape.of(2));
        assertThat(model.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(model.seed()).isEqualTo(9);
        assertThat(model.layers()).containsExactly(new Dense(3), new Rectifier(), new Dense(2));
        assertThat(model).hasToString("Sequential[Dense(3), Rectifier, Dense(2)]");
    }

    @Test
    void aMisfitNamesBothLayersTheShapesAndAFix() {
        assertThatThrownBy(() -> Sequential.input(Shape.of(28, 28))
                        .add(new Rectifier())
                        .add("head", new Dense(10))
                        .build(DataType.FLOAT, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("""
                        Layer 2 of 2, Dense(10) "head": the input does not fit
                          expects  rank 1 per example, [features]
                          received [28, 28] from layer 1, Rectifier
                          fix: put a Flatten before it""");
    }

    @Test
    void aMisfitOfTheFirstLayerNamesTheModelsInput() {
        assertThatThrownBy(() ->
                        Sequential.input(Shape.of(28, 28)).add(new Dense(10)).build(DataType.FLOAT, 1))
                .hasMessageContaining("Layer 1 of 1, Dense(10): ")
                .hasMessageContaining("received [28, 28] from the model's input");
    }

    @Test
    void aModelHasLayersAndAFloatingPointType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sequential.input(Shape.of(1)).build(DataType.FLOAT, 1))
                .withMessageContaining("at least one layer")
                .withMessageContaining("fix: add(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(DataType.BOOL, 1))
                .withMessage("A model is FLOAT or DOUBLE; received BOOL");
    }
}
