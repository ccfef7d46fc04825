package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

class AffineTest {

    private static Sequential model(DataType type, Shape input, Layer... layers) {
        Sequential.Builder builder = Sequential.input(input);
        for (Layer layer : layers) {
            builder = builder.add(layer);
        }
        return builder.build(type, 1);
    }

    @Test
    void mapsTheLastDimension() {
        for (Shape input : new Shape[] {Shape.of(4), Shape.of(3, 4), Shape.of(2, 3, 4)}) {
            long[] expected = input.dims();
            expected[expected.length - 1] = 5;

            Sequential model = model(DataType.FLOAT, input, new Affine(5));

            assertThat(model.outputShape()).isEqualTo(Shape.of(expected));
            assertThat(model.parameters().get(0).shape()).isEqualTo(Shape.of(5, 4));
            assertThat(model.parameters().get(1).shape()).isEqualTo(Shape.of(5));
        }
    }

    /** The vectors of two examples [3, 4] are six examples [4]: outputs and gradients must be identical. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void vectorsOfAnExampleAreLikeExamples(DataType type) {
        Workspace steps = Workspace.withInputGradient(model(type, Shape.of(3, 4), new Affine(5)), 2);
        Workspace examples = Workspace.withInputGradient(model(type, Shape.of(4), new Affine(5)), 6);
        for (Workspace w : new Workspace[] {steps, examples}) {
            double[] x = new double[24];
            double[] dy = new double[30];
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.sin(i);
            }
            for (int i = 0; i < dy.length; i++) {
                dy[i] = Math.cos(i);
            }
            Vectors.set(w.input(), x);
            Vectors.set(w.outputGradient(), dy);
            w.forward(0, 0);
            w.clearGradients();
            w.backward();
        }

        assertThat(steps.output().shape()).containsExactly(2, 3, 5);
        assertThat(Vectors.toDoubles(steps.output())).isEqualTo(Vectors.toDoubles(examples.output()));
        assertThat(Vectors.toDoubles(steps.gradients())).isEqualTo(Vectors.toDoubles(examples.gradients()));
        assertThat(Vectors.toDoubles(steps.inputGradient())).isEqualTo(Vectors.toDoubles(examples.inputGradient()));
    }

    @Test
    void aSingleNumberIsRefused() {
        assertThatThrownBy(() -> model(DataType.FLOAT, Shape.of(), new Affine(5)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("""
                        Layer 1 of 1, Affine(5): the input does not fit
                          expects  rank 1 per example or more, [..., features]
                          received [] from the model's input
                          fix: give each example a dimension of features; a single number is [1]""");
    }

    /** An image is a valid input, so the mistake shows where the loss meets the output. */
    @Test
    void aClassifierOfImagesWithoutFlattenIsRefusedByItsLoss() {
        Sequential model = model(DataType.FLOAT, Shape.of(28, 28), new Affine(10));
        ArrayDataset images =
                ArrayDataset.of(new float[2][784], new int[] {3, 7}).reshape(Shape.of(28, 28));

        try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1))) {
            assertThatThrownBy(() -> trainer.fit(images, Fit.epochs(1)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("received [28, 10]")
                    .hasMessageContaining("fix: end the model with a Flatten and an Affine layer");
        }
    }

    @Test
    void impossibleUnitsAreRefused() {
        assertThatThrownBy(() -> new Affine(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 1");
    }
}
