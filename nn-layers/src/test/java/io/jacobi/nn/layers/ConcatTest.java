package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class ConcatTest {

    private static Sequential build(Concat layer, long... input) {
        return Sequential.input(Shape.of(input)).add(layer).build(DataType.DOUBLE, 1);
    }

    @Test
    void theExampleOfThePage() {
        Sequential net = build(Concat.of(new Affine(1).withoutBias(), new Tanh()), 1);
        Vectors.set(net.weights(), new double[] {3});
        try (Workspace w = Workspace.withInputGradient(net, 1)) {
            Vectors.set(w.input(), new double[] {0.5});
            w.forward(0, 0);
            assertThat(Vectors.toDoubles(w.output())).containsExactly(1.5, Math.tanh(0.5));
            Vectors.set(w.outputGradient(), new double[] {2, -1});
            w.clearGradients();
            w.backward();
            assertThat(Vectors.toDoubles(w.gradients())).containsExactly(1);
            assertThat(w.inputGradient().getDouble(0)).isEqualTo(6 - (1 - Math.tanh(0.5) * Math.tanh(0.5)));
        }
    }

    @Test
    void everyExampleHasItsOutputsSideBySide() {
        Concat layer = Concat.of(new HardTanh(-1, 1), new HardTanh(-10, 0));
        try (Workspace w = Workspace.forInference(build(layer, 2), 2)) {
            Vectors.set(w.input(), new double[] {0.5, -3, 2, -0.5});
            w.predict();

            assertThat(w.output().shape()).containsExactly(2, 4);
            assertThat(Vectors.toDoubles(w.output())).containsExactly(0.5, -1, 0, -3, 1, -0.5, 0, -0.5);
        }
    }

    @Test
    void joinsTheFirstDimensionOfAnExample() {
        assertThat(build(Concat.of(new Affine(2), new Tanh()), 3).outputShape()).isEqualTo(Shape.of(5));
        assertThat(build(Concat.of(new Conv2d(4, 1), new Relu()), 3, 5, 6).outputShape())
                .isEqualTo(Shape.of(7, 5, 6));
        assertThat(build(Concat.of(new Gru(2).withAllStates(), new Lstm(2).withAllStates()), 5, 3)
                        .outputShape())
                .isEqualTo(Shape.of(10, 2));
    }

    @Test
    void parametersAreThoseOfAModuleList() {
        Sequential net = build(Concat.of(new Affine(2), Chain.of(new Tanh(), new Affine(1).withoutBias())), 3);

        assertThat(net.parameters())
                .extracting(Parameter::path)
                .containsExactly("0.0.weight", "0.0.bias", "0.1.1.weight");
    }

    @Test
    void refusesOutputsThatDoNotFitBesideEachOther() {
        assertThatThrownBy(() -> Sequential.input(Shape.of(3, 5, 6))
                        .add(new Relu())
                        .add(Concat.of(new Conv2d(4, 1), new Conv2d(2, 3)))
                        .build(DataType.FLOAT, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Layer 2 of 2, Concat(Conv2d(4, 1), Conv2d(2, 3)): "
                        + "the output of branch 1, Conv2d(2, 3), cannot be joined to the others")
                .hasMessageContaining("\n  expects  [n, 5, 6] for some n, as from branch 0, Conv2d(4, 1)\n")
                .hasMessageContaining("\n  received [2, 3, 4]\n");
        assertThatThrownBy(() -> build(Concat.of(new Affine(4), new Reshape(1, 3)), 3))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("\n  expects  [n] for some n, as from branch 0, Affine(4)\n")
                .hasMessageContaining("\n  received [1, 3]\n");
        assertThatThrownBy(() -> build(Concat.of(new Affine(4), new Reshape()), 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("\n  received []\n");
        assertThatThrownBy(() -> build(Concat.of(new Reshape(), new Affine(4)), 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("branch 0, Reshape[]")
                .hasMessageContaining("a dimension to join along");
    }

    @Test
    void aBranchThatCannotTakeTheInputIsNamed() {
        assertThatThrownBy(() -> build(Concat.of(new Relu(), new Conv2d(2, 3)), 2, 3))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(": Branch \"1\", Conv2d(2, 3): the input does not fit");
    }

    @Test
    void hasAtLeastOneBranch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Concat(List.of()))
                .withMessageContaining("Concat has no layers inside\n  expected at least one");
    }

    @Test
    void couplesExamplesIfABranchDoes() {
        assertThat(Concat.of(new Relu(), Chain.of(new BatchNorm())).couplesExamples())
                .isTrue();
        assertThat(Concat.of(new Relu(), new LayerNorm()).couplesExamples()).isFalse();
    }

    @Test
    void itsOutputIsNoProbabilitiesEvenOfTwoSoftmaxes() {
        assertThat(Concat.of(new Softmax(), new Softmax()).outputKind()).isEqualTo(OutputKind.ANY);
    }

    @Test
    void isCalledByItsBranches() {
        assertThat(Concat.of(new Affine(3), Chain.of(new Relu(), new Tanh())))
                .hasToString("Concat(Affine(3), Chain(Relu, Tanh))");
    }
}
