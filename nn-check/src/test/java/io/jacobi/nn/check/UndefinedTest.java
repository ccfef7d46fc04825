package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.loss.ElementwiseLoss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a subject is not defined, one claim says so instead of all, and names the number. */
class UndefinedTest {

    /** y = acos(x / width), defined from -width to width. */
    private record Acos(double width) implements Layer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Elementwise.map(p.scratch(), p.x(), p.y(), (double[] x, double[] y, int n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = Math.acos(x[i] / width);
                }
            });
        }

        @Override
        public void backward(Pass p) {
            Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), (double[] x, double[] dy, double[] dx, int n) -> {
                for (int i = 0; i < n; i++) {
                    dx[i] = -dy[i] / Math.sqrt(width * width - x[i] * x[i]);
                }
            });
        }
    }

    /** y = x + log(scale), whose parameter starts at 0.1, or x + NaN. */
    private record Shift(boolean byParameter) implements Layer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            d.parameter("scale", Shape.of(3), Initializers.constant(byParameter ? 0.1 : 1));
            return input;
        }

        @Override
        public void forward(Pass p) {
            double shift = 0;
            for (double scale : Vectors.toDoubles(p.value("scale"))) {
                shift += Math.log(byParameter ? scale : -1);
            }
            double sum = shift;
            Elementwise.map(p.scratch(), p.x(), p.y(), (double[] x, double[] y, int n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] + sum;
                }
            });
        }

        @Override
        public void backward(Pass p) {
            Elementwise.map(p.scratch(), p.dy(), p.dx(), (double[] dy, double[] dx, int n) -> {
                System.arraycopy(dy, 0, dx, 0, n);
            });
        }
    }

    /** The identity, except that the first forward pass of all adds 1. */
    private static final class Starting implements Layer {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            int added = calls.getAndIncrement() == 0 ? 1 : 0;
            Elementwise.map(p.scratch(), p.x(), p.y(), (double[] x, double[] y, int n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] + added;
                }
            });
        }

        @Override
        public void backward(Pass p) {
            Elementwise.map(p.scratch(), p.dy(), p.dx(), (double[] dy, double[] dx, int n) -> {
                System.arraycopy(dy, 0, dx, 0, n);
            });
        }
    }

    private static Finding only(GradientReport report) {
        assertThat(report.passed()).isFalse();
        assertThat(report.findings()).as(report.toString()).hasSize(1);
        return report.findings().get(0);
    }

    @Test
    void oneClaimNamesTheInputThatALayerIsNotDefinedAt() {
        Finding finding = only(GradientCheck.of(new Acos(1)).report());

        assertThat(finding.heading())
                .matches(
                        "(?s)  WRONG it is defined where it is checked, batch 1: "
                                + "y\\[0, (\\d)\\] is NaN where input\\[0, \\1\\] is (-?1\\.\\d+|-?[2-9]\\.\\d+)"
                                + "\n  expected numbers at which the layer is defined"
                                + "\n  fix: draw inputs between two of them with inputs\\(Initializers.uniform\\(low, high\\)\\).*");
        GradientCheck.of(new Acos(1)).inputs(Initializers.uniform(-0.9, 0.9)).verify();
    }

    @Test
    void aBatchIsNamedAtWhichItIsNotDefined() {
        LayerCheck check = GradientCheck.of(new Acos(1)).input(Shape.of(2)).inputs((values, shape, random) -> {
            Arrays.fill(values, 0.5);
            // the third example, if there is one
            if (values.length > 5) {
                values[5] = 1.25;
            }
        });

        Finding finding = only(check.report());

        assertThat(finding.batch()).isEqualTo(3);
        assertThat(finding.failure()).startsWith("y[2, 1] is NaN where input[2, 1] is 1.25\n");
    }

    @Test
    void isSaidWhicheverOraclesWereAskedFor() {
        Finding finding =
                only(GradientCheck.of(new Acos(1)).only(Oracle.DIFFERENCES).report());

        assertThat(finding.failure()).contains("is NaN where input[0, ");
    }

    @Test
    void theParameterIsNamedIfNoInputHelps() {
        assertThat(only(GradientCheck.of(new Shift(true)).report()).failure())
                .matches(
                        "(?s)y\\[0, 0\\] is NaN where scale\\[\\d\\] is -0\\.\\d+\n.*fix: .* map it into the domain.*");
        assertThat(only(GradientCheck.of(new Shift(false)).report()).failure())
                .startsWith("y[0, 0] is NaN, and so it is at other inputs\n")
                .contains("fix: correct forward");
    }

    @Test
    void aLayerWithoutParametersThatIsNeverDefinedIsReportedToo() {
        assertThat(only(GradientCheck.of(new Acos(Double.NaN)).report()).failure())
                .startsWith("y[0, 0] is NaN, and so it is at other inputs\n");
    }

    /** Defined at the default inputs, and not at ±1000: one claim for each batch size says so, and no other fails. */
    @Test
    void onlyOneClaimFailsWhereItIsNotDefinedAtLargeInputs() {
        GradientReport report = GradientCheck.of(new Acos(10)).report();

        assertThat(report.findings().stream()
                        .filter(finding -> !finding.holds())
                        .map(Finding::claim)
                        .distinct())
                .as(report.toString())
                .containsExactly("inputs of ±1000 give finite numbers");
    }

    @Test
    void theFirstForwardPassOfAllIsComparedWithTheOthers() {
        assertThat(GradientCheck.of(new Starting()).report().findings().stream()
                        .filter(finding -> !finding.holds())
                        .map(Finding::claim))
                .containsExactly("the same seed gives the same result");
    }

    @Test
    void oneClaimNamesThePredictionOrTargetThatALossIsNotDefinedAt() {
        LossCheck check = GradientCheck.of(new LogRatio());

        assertThat(only(check.prediction(new double[][] {{0.5, 2}, {1, -3}})
                                .targetRows(new double[][] {{1, 1}, {1, 1}})
                                .report())
                        .failure())
                .startsWith("the loss is NaN where prediction[1, 1] is -3.0\n")
                .contains("fix: set others with prediction(...)");
        assertThat(only(check.prediction(new double[][] {{0.5, 2}, {1, 3}})
                                .targetRows(new double[][] {{-4, 1}, {1, 1}})
                                .report())
                        .failure())
                .startsWith("the loss is NaN where target[0, 0] is -4.0\n")
                .contains("fix: set others with target(...)");
    }

    /** (log y − log t)². */
    private record LogRatio() implements ElementwiseLoss {
        @Override
        public double sum(double[] y, double[] t, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                double ratio = Math.log(y[i]) - Math.log(t[i]);
                sum += ratio * ratio;
                y[i] = 2 * ratio / y[i];
            }
            return sum;
        }
    }

    @Test
    void oneClaimNamesTheWeightThatAPenaltyIsNotDefinedAt() {
        Finding finding = only(GradientCheck.of(new Root()).report());

        assertThat(finding.failure())
                .matches("(?s)the penalty is NaN where 0\\.weight\\[\\d, \\d\\] is -\\d\\.\\d+\n.*fix: extend .*");
    }

    /** Σ √w of the parameters that decay. */
    private record Root() implements Penalty {
        @Override
        public double valueAndAddGradient(
                INDArray weights, List<Parameter> parameters, INDArray gradient, Scratch scratch) {
            Span w = scratch.span(weights);
            double sum = 0;
            for (Parameter p : parameters) {
                for (int i = (int) p.offset(); p.decays() && i < p.end(); i++) {
                    sum += Math.sqrt(w.get(i));
                }
            }
            return sum;
        }
    }

    @Test
    void oneClaimNamesTheInputAndTheLayerThatANetworkIsNotDefinedAt() {
        Sequential model =
                Sequential.input(Shape.of(2)).add(new Acos(1)).add(new Dense(1)).build(DataType.DOUBLE, 1);
        INDArray x = Vectors.of(DataType.DOUBLE, new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 1.5, 0.2, 0.1}, 4, 2);
        ArrayDataset data = ArrayDataset.of(x, TestArrays.normal(DataType.DOUBLE, 2, 4, 1));

        Finding finding =
                only(GradientCheck.of(model, new MeanSquaredError()).data(data).report());

        assertThat(finding.failure())
                .startsWith("the loss is NaN where input[2, 1] is 1.5; "
                        + "the first output that is not finite is of Acos[width=1.0]\n")
                .contains("fix: give other examples with data(...)");
    }
}
