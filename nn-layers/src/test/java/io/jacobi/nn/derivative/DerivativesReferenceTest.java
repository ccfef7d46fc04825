package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.AvgPool2d;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.Reference;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Jacobians and Hessians are those that PyTorch computes by automatic differentiation, first and second derivatives alike. */
class DerivativesReferenceTest {

    private static final Shape VECTOR = Shape.of(3);
    private static final Shape CLASS = Shape.of();
    private static final Shape NUMBERS = Shape.of(2);

    /**
     * Ours are differences: off by 1e-10, and by 2e-9 in training with batch normalization. That is their truncation, as it falls with
     * h²: from h = 2^-14 to 2^-20, 4e-7, 1e-7, 3e-8, 7e-9, 2e-9, 4e-10, 1e-10. The statistics of five examples curve the loss that much.
     */
    private static final double SECOND_ORDER = 5e-9;

    private static final double FIRST_ORDER = 1e-12;

    private final Reference torch = Reference.load("derivatives");

    @Test
    void agreeWithPyTorch() {
        Loss entropy = new SoftmaxCrossEntropy();
        Loss squares = new MeanSquaredError();
        List<Layer> normalized = List.of(new Affine(4), new BatchNorm(), new Tanh(), new Affine(2));

        compare("mlp", VECTOR, List.of(new Affine(5), new Tanh(), new Affine(4)), CLASS, entropy, false);
        compare(
                "regression",
                VECTOR,
                List.of(new Affine(4), new Sigmoid(), new Affine(2), new Gelu()),
                NUMBERS,
                squares,
                false);
        compare(
                "convolution",
                Shape.of(2, 4, 4),
                List.of(new Conv2d(2, 3).withPadding(1), new Tanh(), new AvgPool2d(2), new Flatten(), new Affine(3)),
                CLASS,
                entropy,
                false);
        compare("batch_norm", VECTOR, normalized, NUMBERS, squares, false);
        compare("batch_norm_predicting", VECTOR, normalized, NUMBERS, squares, true);
        torch.assertAllUsed();
    }

    private void compare(
            String name, Shape input, List<Layer> layers, Shape targetShape, Loss loss, boolean predicting) {
        Sequential.Builder builder = Sequential.input(input);
        layers.forEach(builder::add);
        Sequential model = builder.build(DataType.DOUBLE, 1);
        Vectors.set(model.weights(), torch.data(name, "weights"));
        if (!model.state().isEmpty()) {
            Vectors.set(model.state(), torch.data(name, "states"));
        }
        INDArray x = examples(input, torch.data(name, "x"));
        INDArray t = examples(targetShape, torch.data(name, "target"));

        Derivatives f = Derivatives.of(model);
        Linearization at = (predicting ? f.predicting() : f).at(x);
        assertClose(name, "y", at.output(), FIRST_ORDER);
        assertClose(name, "batch_jacobian", at.batchJacobian(), FIRST_ORDER);
        assertClose(name, "weight_jacobian", at.weightJacobian(), FIRST_ORDER);

        LossDerivatives l = LossDerivatives.of(model, loss);
        Expansion expansion = (predicting ? l.predicting() : l).at(x, t);
        assertThat(expansion.value()).isCloseTo(torch.data(name, "value")[0], within(FIRST_ORDER));
        assertClose(name, "gradient", expansion.gradient().flat(), FIRST_ORDER);
        assertClose(name, "hvp", expansion.hvp(torch.data(name, "v")), SECOND_ORDER);
        Hessian hessian = expansion.hessian();
        assertClose(name, "hessian", hessian.matrix(), SECOND_ORDER);
        assertClose(name, "hessian", hessian.symmetric(), SECOND_ORDER);
        assertThat(hessian.asymmetry()).as("asymmetry of " + name).isLessThan(SECOND_ORDER);
    }

    private static INDArray examples(Shape shape, double[] values) {
        INDArray array = Memory.array(DataType.DOUBLE, shape.withBatch(values.length / shape.size()));
        Vectors.set(array, values);
        return array;
    }

    private void assertClose(String name, String what, INDArray actual, double tolerance) {
        double[] expected = torch.data(name, what);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(Vectors.toDoubles(actual))
                .as(name + " " + what)
                .usingComparatorWithPrecision(tolerance * scale)
                .containsExactly(expected);
    }
}
