package io.jacobi.nn.check.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Rows;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The two oracles that differentiate a forward pass written a second time. */
class LayerTwinTest {

    static <T extends Real<T>> Tensor<T> affine(ScalarPass<T> p) {
        Tensor<T> weight = p.value("weight");
        return Tensor.byIndex(new int[] {p.batch(), weight.dim(0)}, at -> {
            T y = p.value("bias").get(at[1]);
            for (int i = 0; i < weight.dim(1); i++) {
                y = y.plus(weight.get(at[1], i).times(p.x().get(at[0], i)));
            }
            return y;
        });
    }

    private static final LayerCheck RIGHT = GradientCheck.of(new Dense(3)).scalars(LayerTwinTest::affine);

    @Test
    void aRightLayerAgreesToTheLastDigits() {
        GradientReport report = RIGHT.verify();

        assertThat(report.worst(Oracle.SCALARS)).isPositive().isLessThan(1e-14);
        assertThat(report.worst(Oracle.DUALS)).isPositive().isLessThan(1e-14);
    }

    @Test
    void scalarsCompareEveryCoordinateAndDualsFiveDirections() {
        List<TensorResult> scalars =
                RIGHT.batches(2).only(Oracle.SCALARS).report().tensors();
        List<TensorResult> duals = RIGHT.batches(2).only(Oracle.DUALS).report().tensors();

        assertThat(scalars)
                .extracting(t -> t.tensor() + t.shape())
                .containsExactly("output[2, 3]", "input[2, 5]", "weight[3, 5]", "bias[3]");
        assertThat(duals).extracting(t -> t.tensor() + t.shape()).containsExactly("directions[5]");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(WrongAffine.TRANSPOSES_THE_WEIGHT_GRADIENT, Set.of("weight")),
                Arguments.of(WrongAffine.FORGETS_THE_BIAS_GRADIENT, Set.of("bias")),
                Arguments.of(WrongAffine.FLIPS_THE_SIGN_OF_THE_INPUT_GRADIENT, Set.of("input")),
                Arguments.of(WrongAffine.DOES_NOTHING_BACKWARD, Set.of("input", "weight", "bias")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void eachOfTheTwoCatchesTheMistakeAlone(Layer wrong, Set<String> tensors) {
        LayerCheck check = GradientCheck.of(wrong).scalars(LayerTwinTest::affine);

        assertThat(wrongTensors(check.only(Oracle.SCALARS))).isEqualTo(tensors);
        assertThat(wrongTensors(check.only(Oracle.DUALS))).isEqualTo(Set.of("directions"));
    }

    static <T extends Real<T>> Tensor<T> affineThatAddsTheBiasTwice(ScalarPass<T> p) {
        return Tensor.byIndex(
                affine(p).shape(), at -> affine(p).get(at).plus(p.value("bias").get(at[1])));
    }

    @Test
    void aTwinOfAnotherFunctionShowsInTheOutput() {
        assertThat(wrongTensors(RIGHT.scalars(LayerTwinTest::affineThatAddsTheBiasTwice)))
                .containsExactlyInAnyOrder("output", "bias", "directions");
    }

    @Test
    void anInputThatIsLeftOutIsAConstantForBoth() {
        GradientReport report = RIGHT.parametersOnly().verify();

        assertThat(report.tensors()).extracting(TensorResult::tensor).doesNotContain("input");
    }

    /** y = s ∘ x, with a state s = 3. */
    record Scaled() implements Layer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            d.state("scale", input, Initializers.constant(3));
            return input;
        }

        @Override
        public void forward(Pass p) {
            Rows.fill(p.scratch(), p.value("scale"), p.y());
            Elementwise.map(p.scratch(), p.x(), p.y(), p.y(), Scaled::multiply);
        }

        @Override
        public void backward(Pass p) {
            Rows.fill(p.scratch(), p.value("scale"), p.dx());
            Elementwise.map(p.scratch(), p.dy(), p.dx(), p.dx(), Scaled::multiply);
        }

        private static void multiply(double[] a, double[] b, double[] y, int n) {
            for (int i = 0; i < n; i++) {
                y[i] = a[i] * b[i];
            }
        }
    }

    static <T extends Real<T>> Tensor<T> scaled(ScalarPass<T> p) {
        return Tensor.byIndex(
                p.x().shape(), at -> p.x().get(at).times(p.value("scale").get(at[1])));
    }

    @Test
    void aTwinHasTheStatesOfItsLayer() {
        GradientReport report =
                GradientCheck.of(new Scaled()).scalars(LayerTwinTest::scaled).verify();

        assertThat(report.tensors()).extracting(TensorResult::tensor).doesNotContain("scale");
    }

    @Test
    void withoutATwinItsOraclesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        GradientCheck.of(new Dense(3)).only(Oracle.SCALARS).report())
                .withMessageContaining("scalars(...) adds SCALARS and DUALS");
    }

    private static Set<String> wrongTensors(LayerCheck check) {
        return check.report().tensors().stream()
                .filter(t -> !t.passes())
                .map(TensorResult::tensor)
                .collect(Collectors.toSet());
    }
}
