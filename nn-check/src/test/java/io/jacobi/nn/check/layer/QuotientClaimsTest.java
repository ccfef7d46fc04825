package io.jacobi.nn.check.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.layer.Quotient.Kind;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer that gives a numeric gradient for its own is told so, and no other is. */
class QuotientClaimsTest {

    private static final String CLAIM = "the gradient is not a difference quotient";

    static Stream<Arguments> cheats() {
        return Stream.of(new Dense(5), new WrongLayers.Softmax(1), new WrongLayers.Mean(false))
                .flatMap(layer -> Stream.of(
                        Arguments.of(new Quotient(layer, 1e-8, Kind.FORWARD)),
                        Arguments.of(new Quotient(layer, 1e-6, Kind.CENTRAL)),
                        Arguments.of(new Quotient(layer, 1e-5, Kind.CENTRAL)),
                        Arguments.of(new Quotient(layer, 1e-4, Kind.CENTRAL)),
                        Arguments.of(new Quotient(layer, 1e-3, Kind.FIVE_POINTS))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cheats")
    void aQuotientIsCalledOne(Layer cheat) {
        assertThat(failures(GradientCheck.of(cheat)))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).startsWith("the gradient looks like a difference quotient"));
    }

    @Test
    void anHonestTwinChangesNothingAboutThat() {
        Quotient cheat = new Quotient(new WrongLayers.Mean(false), 1e-5, Kind.CENTRAL);

        assertThat(failures(GradientCheck.of(cheat).scalars(new MeanTwin()))).isNotEmpty();
    }

    private record MeanTwin() implements ScalarLayer {
        @Override
        public <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p) {
            Tensor<T> x = p.x();
            int features = x.dim(1);
            return Tensor.of(new int[] {x.dim(0), 1}, n -> {
                T sum = x.at(n * features);
                for (int i = 1; i < features; i++) {
                    sum = sum.plus(x.at(n * features + i));
                }
                return sum.times(1.0 / features);
            });
        }
    }

    static Stream<LayerCheck> honestChecks() {
        return Stream.of(
                GradientCheck.of(new Dense(5)),
                GradientCheck.of(new Rectifier()).input(Shape.of(30)),
                // every input on the kink
                GradientCheck.of(new Rectifier()).inputs(Initializers.zeros()),
                GradientCheck.of(new WrongRows.Largest(false)).inputs(Initializers.constant(2)),
                // wrong, but no quotient
                GradientCheck.of(new WrongLayers.Softmax(2)),
                GradientCheck.of(WrongAffine.HAS_A_NAN_IN_THE_WEIGHT_GRADIENT),
                GradientCheck.of(WrongAffine.DOES_NOTHING_BACKWARD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("honestChecks")
    void nothingElseIsCalledOne(LayerCheck honest) {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(failures(honest.seed(seed))).as("seed " + seed).isEmpty();
        }
    }

    private static Stream<String> failures(LayerCheck check) {
        return check.claims().stream()
                .filter(claim -> claim.name().equals(CLAIM))
                .map(claim -> claim.test().failure())
                .filter(failure -> !failure.isEmpty());
    }
}
