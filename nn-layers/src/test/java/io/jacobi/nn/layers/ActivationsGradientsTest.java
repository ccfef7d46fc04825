package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.init.Initializer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The activations, Reshape, Dropout and Embedding, by every check. */
class ActivationsGradientsTest {

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new LeakyRelu(), Shape.of(7)),
                Arguments.of(new LeakyRelu(0.3), Shape.of(2, 3)),
                Arguments.of(new LeakyRelu(0), Shape.of(7)),
                Arguments.of(new HardTanh(), Shape.of(7)),
                Arguments.of(new HardTanh(-0.3, 0.7), Shape.of(2, 3)),
                Arguments.of(new Elu(), Shape.of(7)),
                Arguments.of(new Elu(0.4), Shape.of(2, 3)),
                Arguments.of(new Selu(), Shape.of(7)),
                Arguments.of(new Gelu(), Shape.of(7)),
                Arguments.of(Gelu.tanh(), Shape.of(2, 3)),
                Arguments.of(new Silu(), Shape.of(7)),
                Arguments.of(new Softplus(), Shape.of(7)),
                Arguments.of(new Softplus(2.5), Shape.of(2, 3)),
                Arguments.of(new Softmax(), Shape.of(5)),
                Arguments.of(new Softmax(), Shape.of(1)),
                Arguments.of(new Softmax(), Shape.of(2, 3, 4)),
                Arguments.of(new LogSoftmax(), Shape.of(5)),
                Arguments.of(new LogSoftmax(), Shape.of(1)),
                Arguments.of(new LogSoftmax(), Shape.of(2, 3, 4)),
                Arguments.of(new Reshape(6, 4), Shape.of(2, 3, 4)),
                Arguments.of(new Reshape(-1, 2), Shape.of(2, 3)),
                Arguments.of(new Reshape(), Shape.of(1)),
                Arguments.of(new Dropout(0.5), Shape.of(9)),
                Arguments.of(new Dropout(0.1), Shape.of(2, 3)),
                Arguments.of(new Dropout(0), Shape.of(3)),
                Arguments.of(Chain.of(new Affine(6), new Dropout(0.4), new Gelu(), new Affine(3)), Shape.of(4)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("layers")
    void agreeWithCentralDifferences(Layer layer, Shape input) {
        GradientReport report = GradientCheck.of(layer).input(input).verify();

        assertThat(report.worst()).isLessThan(1e-7);
        assertThat(report.skipped()).isZero();
        assertThat(report.coordinates()).isPositive();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("layers")
    void agreeWhereInputsAreLarge(Layer layer, Shape input) {
        GradientReport report = GradientCheck.of(layer)
                .input(input)
                .inputs(Initializer.normal(0, 5))
                .tolerance(1e-6)
                .verify();

        assertThat(report.skipped()).isZero();
    }

    @ParameterizedTest
    @MethodSource("longRows")
    void agreeOnRowsLongerThanATile(Layer layer) {
        GradientReport report =
                GradientCheck.of(layer).input(Shape.of(2100)).batches(1).verify();

        // Dropout is compared twice, training and predicting
        assertThat(report.tensors())
                .isNotEmpty()
                .allSatisfy(tensor -> assertThat(tensor.coordinates()).isEqualTo(2100));
    }

    static Stream<Layer> longRows() {
        return Stream.of(new Softmax(), new LogSoftmax(), new Dropout(0.3));
    }

    static Stream<Arguments> embeddings() {
        return Stream.of(
                // fewer words than positions: some are repeated
                Arguments.of(new Embedding(4, 3), Shape.of(6)),
                Arguments.of(new Embedding(10, 2), Shape.of(2, 3)),
                Arguments.of(new Embedding(3, 5), Shape.of()),
                Arguments.of(new Embedding(1, 1), Shape.of(2)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("embeddings")
    void agreeForEveryWeightOfAnEmbedding(Embedding layer, Shape input) {
        GradientReport report = GradientCheck.of(layer)
                .input(input)
                .inputs(indices(layer.vocabulary()))
                .parametersOnly()
                .verify();

        assertThat(report.worst()).isLessThan(1e-7);
        assertThat(report.coordinates()).isEqualTo(2 * layer.vocabulary() * layer.dimensions());
    }

    @Test
    void agreeThroughAnEmbeddingToWhatFollows() {
        GradientReport report = GradientCheck.of(
                        Chain.of(new Embedding(5, 3), new Flatten(), new Affine(4), new Silu(), new LogSoftmax()))
                .input(Shape.of(2))
                .inputs(indices(5))
                .parametersOnly()
                .verify();

        assertThat(report.worst()).isLessThan(1e-7);
    }

    private static Initializer indices(int vocabulary) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(vocabulary);
            }
        };
    }
}
