package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarPenalties;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every penalty by every oracle, alone and together, and wrong ones by the claim that is there to catch them. */
class PenaltyCheckTest {

    static Stream<Arguments> penalties() {
        return PenaltyChecks.all().stream().map(check -> Arguments.of(check.toString(), check));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("penalties")
    void agreeWithEveryOracle(String name, PenaltyCheck check) {
        GradientReport report = check.verify();

        assertThat(report.worst(Oracle.DIFFERENCES)).as(name).isPositive().isLessThan(1e-7);
        assertThat(report.worst(Oracle.SCALARS)).as(name).isLessThan(1e-12);
        assertThat(report.worst(Oracle.DUALS)).as(name).isPositive().isLessThan(1e-12);
        assertThat(report.skipped()).isZero();
        assertThat(report.coordinates()).isGreaterThanOrEqualTo(28);
    }

    @Test
    void penaltiesTogetherAreTheirSum() {
        assertThat(GradientCheck.of(Penalty.l1(1), Penalty.l2(2)))
                .hasToString("L1[lambda=1.0, all=false] + L2[lambda=2.0, all=false] on"
                        + " [[3, 4], [3], [2, 1, 2, 2], [2, 2], []]");
    }

    /** w² or |w| with a mistake. */
    private enum Wrong implements Penalty {
        FORGETS_THE_TWO {
            @Override
            double slope(double w, Parameter p) {
                return w;
            }
        },
        PENALIZES_WHAT_DOES_NOT_DECAY {
            @Override
            boolean means(Parameter p) {
                return true;
            }
        },
        OVERWRITES_THE_GRADIENT {
            @Override
            double add(double g, double slope) {
                return slope;
            }
        },
        PENALIZES_MATRICES_ALONE {
            @Override
            boolean means(Parameter p) {
                return p.shape().rank() == 2;
            }
        },
        SHRINKS_THE_WEIGHTS {
            @Override
            double left(double w) {
                return 0.9 * w;
            }
        },
        IS_WRONG_IN_FLOAT {
            @Override
            double add(double g, double slope) {
                return g + slope;
            }

            @Override
            double value(double sum, Span weights) {
                return weights.isFloat() ? sum * 1.0001 : sum;
            }
        },
        HIDES_NAN {
            @Override
            double value(double sum, Span weights) {
                return Double.isNaN(sum) ? 0 : sum;
            }
        };

        double slope(double w, Parameter p) {
            return 2 * w;
        }

        boolean means(Parameter p) {
            return p.decays();
        }

        double add(double g, double slope) {
            return g + slope;
        }

        double left(double w) {
            return w;
        }

        double value(double sum, Span weights) {
            return sum;
        }

        @Override
        public double valueAndAddGradient(
                INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch) {
            Span w = scratch.span(weights);
            Span g = scratch.span(gradients);
            double sum = 0;
            for (Parameter p : parameters) {
                for (int i = (int) p.offset(); i < p.end() && means(p); i++) {
                    double at = w.get(i);
                    sum += at * at;
                    g.set(i, add(g.get(i), slope(at, p)));
                    w.set(i, left(at));
                }
            }
            return value(sum, w);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(Wrong.FORGETS_THE_TWO, "central differences"),
                Arguments.of(Wrong.FORGETS_THE_TWO, "scalar engine"),
                Arguments.of(Wrong.FORGETS_THE_TWO, "dual numbers"),
                Arguments.of(Wrong.PENALIZES_WHAT_DOES_NOT_DECAY, "parameters that do not decay are not penalized"),
                Arguments.of(Wrong.PENALIZES_WHAT_DOES_NOT_DECAY, "scalar engine"),
                Arguments.of(Wrong.PENALIZES_MATRICES_ALONE, "scalar engine"),
                Arguments.of(Wrong.PENALIZES_MATRICES_ALONE, "NaN is not hidden"),
                Arguments.of(Wrong.OVERWRITES_THE_GRADIENT, "gradients accumulate"),
                Arguments.of(Wrong.SHRINKS_THE_WEIGHTS, "weights are left alone"),
                Arguments.of(Wrong.IS_WRONG_IN_FLOAT, "float agrees with double"),
                Arguments.of(Wrong.HIDES_NAN, "NaN is not hidden"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mistakes")
    void aMistakeIsCaughtByTheClaimThatIsThereForIt(Penalty wrong, String claim) {
        GradientReport report = GradientCheck.of(wrong)
                .scalars(ScalarPenalties.of(Penalty.l2(1)))
                .report();

        assertThat(report.findings())
                .filteredOn(finding -> !finding.holds())
                .extracting(Finding::claim)
                .contains(claim);
    }

    @Test
    void aPenaltyThatShouldMeanAllMayLeaveNothingOut() {
        assertThat(GradientCheck.of(Penalty.l2(1)).ofAll().report().findings())
                .filteredOn(finding -> !finding.holds())
                .extracting(Finding::failure)
                .contains("there are weights without a gradient in 0.bias");
    }

    @Test
    void oneOracleCanBeAskedAlone() {
        PenaltyCheck check = GradientCheck.of(Penalty.l2(1));

        assertThat(check.only(Oracle.DIFFERENCES).verify().findings()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.only(Oracle.SCALARS).report())
                .withMessageContaining("expected an oracle that this check has");
    }

    @Test
    void aPenaltyOfAnotherHasNoTwinYet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalarPenalties.of(Penalty.l1(1), Wrong.HIDES_NAN))
                .withMessageContaining("no scalar twin of HIDES_NAN")
                .withMessageContaining("ScalarPenalty");
    }
}
