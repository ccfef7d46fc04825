package io.jacobi.nn.check;

import static io.jacobi.nn.check.network.NetworkExamples.EXAMPLES;
import static io.jacobi.nn.check.network.NetworkExamples.WEIGHTED;
import static io.jacobi.nn.check.network.NetworkExamples.check;
import static io.jacobi.nn.check.network.NetworkExamples.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Claiming;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.network.NetworkExamples;
import io.jacobi.nn.check.network.WrongTogether.Noise;
import io.jacobi.nn.check.network.WrongTogether.Squash;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarLoss;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class NetworkCheckTest {

    @Test
    void aRightNetworkPassesAtTheStartAndAfterTwentySteps() {
        GradientReport report = check(new Dense(5), new Rectifier()).verify();

        assertThat(report.findings())
                .extracting(Finding::claim)
                .containsExactly(
                        "the same seed gives the same result",
                        "central differences at the start",
                        "every step starts from nothing at the start",
                        "a batch that is split over threads gives the same result at the start",
                        "penalties are added once at the start",
                        "float agrees with double at the start",
                        "a small step lowers the loss as the gradient says at the start",
                        "central differences after 20 steps",
                        "every step starts from nothing after 20 steps",
                        "a batch that is split over threads gives the same result after 20 steps",
                        "penalties are added once after 20 steps",
                        "float agrees with double after 20 steps",
                        "a small step lowers the loss as the gradient says after 20 steps");
        assertThat(report.tensors())
                .extracting(TensorResult::tensor)
                .containsOnly("input", "0.weight", "0.bias", "2.weight", "2.bias");
        assertThat(report.coordinates()).isEqualTo(2 * (7 * 5 + 30 + 12));
        assertThat(report.worst()).isLessThan(1e-8);
    }

    @Test
    void theTwoStagesHaveDifferentWeights() {
        List<TensorResult> weights = check(new Dense(5), new Squash()).report().tensors().stream()
                .filter(tensor -> tensor.tensor().equals("0.weight"))
                .toList();

        assertThat(weights).hasSize(2);
        assertThat(weights.get(0).worst().analytic())
                .isNotEqualTo(weights.get(1).worst().analytic());
    }

    @Test
    void theNetworkIsNotChanged() {
        Sequential model = network(new Dense(5), new Noise());
        double[] weights = Vectors.toDoubles(model.weights());

        GradientCheck.of(model, new MeanSquaredError()).data(WEIGHTED).verify();

        assertThat(Vectors.toDoubles(model.weights())).containsExactly(weights);
        assertThat(model.dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void aNetworkWithTwinsIsComparedToTwelveDigits() {
        NetworkCheck twins = check(new Dense(5), new Squash()).data(WEIGHTED).scalars(new Twin(1), new SquaredError());

        GradientReport report = twins.verify();

        assertThat(report.worst(Oracle.SCALARS)).isPositive().isLessThan(1e-12);
        assertThat(report.worst(Oracle.DUALS)).isPositive().isLessThan(1e-12);
        assertThat(report.tensors())
                .filteredOn(tensor -> tensor.oracle() == Oracle.SCALARS)
                .extracting(TensorResult::tensor)
                .containsOnly("loss", "input", "0.weight", "0.bias", "2.weight", "2.bias");
    }

    @Test
    void aTwinOfTheNetworkAloneUsesTheLossItself() {
        GradientReport report =
                check(new Dense(5), new Squash()).scalars(new Twin(1)).verify();

        assertThat(report.worst(Oracle.SCALARS)).isPositive().isLessThan(1e-12);
        assertThat(report.worst(Oracle.DUALS)).isPositive().isLessThan(1e-12);
        assertThat(report.tensors()).extracting(TensorResult::tensor).doesNotContain("loss");
    }

    @Test
    void aTwinThatIsAnotherFunctionFails() {
        NetworkCheck twins = check(new Dense(5), new Squash()).scalars(new Twin(1 + 1e-9), new SquaredError());

        assertThat(twins.report().findings())
                .filteredOn(finding -> !finding.holds())
                .extracting(Finding::claim)
                .containsExactly(
                        "scalar engine at the start",
                        "dual numbers at the start",
                        "scalar engine after 20 steps",
                        "dual numbers after 20 steps");
    }

    @Test
    void anotherOptimizerLeadsToOtherWeights() {
        NetworkCheck check = check(new Dense(5), new Squash());

        GradientReport byAdam = check.optimizer(new Adam(0.05)).verify();

        assertThat(byAdam.tensors().get(0).worst())
                .isEqualTo(check.report().tensors().get(0).worst());
        assertThat(byAdam.tensors().get(5).worst())
                .isNotEqualTo(check.report().tensors().get(5).worst());
    }

    @Test
    void theInputCanBeLeftOut() {
        assertThat(check(new Dense(5)).parametersOnly().verify().tensors())
                .extracting(TensorResult::tensor)
                .doesNotContain("input");
    }

    @Test
    void toleranceAndStepBelongToTheDifferences() {
        NetworkCheck check = check(new Dense(5), new Squash());

        assertThat(check.tolerance(1e-20).report().passed()).isFalse();
        assertThat(check.step(1e-3).report().worst())
                .isGreaterThan(check.report().worst());
        assertThatIllegalArgumentException().isThrownBy(() -> check.step(0)).withMessageContaining("step is 0.0");
    }

    @Test
    void aReportNamesNetworkLossAndPenalties() {
        NetworkCheck check = GradientCheck.of(network(new Dense(5)), new MeanSquaredError())
                .data(EXAMPLES)
                .penalties(Penalty.l2(0.5));

        assertThat(check.toString())
                .isEqualTo("Network [Dense(5), Dense(2)], " + new MeanSquaredError() + ", " + Penalty.l2(0.5)
                        + " on 7 examples");
        assertThat(check.named("two layers").subject().toString()).startsWith("Network \"two layers\", ");
    }

    @Test
    void tooFewExamplesAreRefusedWithAFix() {
        NetworkCheck empty = GradientCheck.of(network(new Dense(5)), new MeanSquaredError());
        assertThatIllegalArgumentException()
                .isThrownBy(empty::claims)
                .withMessageContaining("has no examples")
                .withMessageContaining("fix: data(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.data(EXAMPLES.take(3)).claims())
                .withMessageContaining("on 3 examples")
                .withMessageContaining("at least 4");
    }

    @Test
    void aNetworkWithoutParametersIsRefused() {
        Sequential model = Sequential.input(Shape.of(5)).add(new Rectifier()).build(DataType.DOUBLE, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientCheck.of(model, new SoftmaxCrossEntropy())
                        .data(NetworkExamples.CLASSES)
                        .claims())
                .withMessageContaining("has no parameters");
    }

    @Test
    void examplesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> GradientCheck.of(network(new Dense(4)), new MeanSquaredError())
                        .data(NetworkExamples.CLASSES)
                        .claims())
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void aLossThatWouldMisreadTheOutputIsRefused() {
        Sequential model = Sequential.input(Shape.of(5))
                .add(new Dense(5))
                .add(new Claiming(OutputKind.PROBABILITIES))
                .build(DataType.DOUBLE, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientCheck.of(model, new SoftmaxCrossEntropy())
                        .data(NetworkExamples.CLASSES)
                        .claims())
                .withMessageContaining("does not go with the loss");
    }

    /** Dense(5), Squash, Dense(2), with the first layer's output times a factor. */
    private record Twin(double factor) implements ScalarLayer {

        @Override
        public <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p) {
            Tensor<T> z = dense(p.child(0, p.x())).map(a -> a.times(factor));
            return dense(p.child(2, z.map(Real::tanh)));
        }

        private static <T extends Real<T>> Tensor<T> dense(ScalarPass<T> p) {
            Tensor<T> weight = p.value("weight");
            Tensor<T> bias = p.value("bias");
            return Tensor.byIndex(
                    new int[] {p.batch(), weight.dim(0)},
                    at -> IntStream.range(0, weight.dim(1))
                            .mapToObj(j -> weight.get(at[1], j).times(p.x().get(at[0], j)))
                            .reduce(bias.at(at[1]), Real::plus));
        }
    }

    /** Σ w mean (y − t)² / Σ w. */
    private record SquaredError() implements ScalarLoss {

        @Override
        public <T extends Real<T>> T value(Tensor<T> prediction, Tensor<Double> target, List<Double> weights) {
            int outputs = prediction.size() / weights.size();
            List<T> terms = IntStream.range(0, prediction.size())
                    .mapToObj(i -> prediction.at(i).minus(target.at(i)).square().times(weights.get(i / outputs)))
                    .toList();
            double total = weights.stream().mapToDouble(w -> w).sum();
            return Real.sum(terms).over(outputs * total);
        }
    }
}
