package io.jacobi.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.VarianceScaling.Distribution;
import io.jacobi.nn.init.VarianceScaling.Fan;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTest {

    private static double[] draw(Initializer initializer, long seed, Shape shape) {
        double[] values = new double[Math.toIntExact(shape.size())];
        initializer.fill(values, shape, new SplittableRandom(seed));
        return values;
    }

    static Stream<Arguments> scalings() {
        Shape matrix = Shape.of(100, 400); // fan-in 400, fan-out 100
        Shape kernel = Shape.of(64, 16, 5, 3); // fan-in 16·15 = 240, fan-out 64·15 = 960
        Shape vector = Shape.of(20_000);
        return Stream.of(
                Arguments.of("lecunNormal", Initializers.lecunNormal(), matrix, 1.0 / 400),
                Arguments.of("lecunUniform", Initializers.lecunUniform(), matrix, 1.0 / 400),
                Arguments.of("glorotNormal", Initializers.glorotNormal(), matrix, 2.0 / 500),
                Arguments.of("glorotUniform", Initializers.glorotUniform(), matrix, 2.0 / 500),
                Arguments.of("heNormal", Initializers.heNormal(), matrix, 2.0 / 400),
                Arguments.of("heUniform", Initializers.heUniform(), matrix, 2.0 / 400),
                Arguments.of("lecunNormal", Initializers.lecunNormal(), kernel, 1.0 / 240),
                Arguments.of("glorotUniform", Initializers.glorotUniform(), kernel, 2.0 / 1200),
                Arguments.of("heNormal", Initializers.heNormal(), kernel, 2.0 / 240),
                Arguments.of("fan-out", new VarianceScaling(3, Fan.OUT, Distribution.NORMAL), kernel, 3.0 / 960),
                Arguments.of("heNormal", Initializers.heNormal(), vector, 2.0 / 20_000),
                Arguments.of("normal", Initializers.normal(0, 0.5), vector, 0.25),
                Arguments.of("uniform", Initializers.uniform(-3, 3), vector, 3.0));
    }

    @ParameterizedTest(name = "{0} on {2} has variance {3}")
    @MethodSource("scalings")
    void hasZeroMeanAndTheStatedVariance(String name, Initializer initializer, Shape shape, double variance) {
        double[] values = draw(initializer, 1, shape);
        double mean = Arrays.stream(values).average().orElseThrow();
        double second = Arrays.stream(values).map(v -> v * v).average().orElseThrow();

        // five standard errors: of a mean σ/√n; of a normal's second moment σ²·√(2/n)
        double deviation = Math.sqrt(variance);
        assertThat(mean).as(name).isCloseTo(0, within(5 * deviation / Math.sqrt(values.length)));
        assertThat(second).as(name).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / values.length)));
    }

    @Test
    void aUniformStaysInItsRangeAndReachesItsEnds() {
        double[] values = draw(Initializers.uniform(2, 5), 1, Shape.of(10_000));

        assertThat(Arrays.stream(values)).allMatch(v -> v >= 2 && v < 5);
        assertThat(Arrays.stream(values).min().orElseThrow()).isLessThan(2.01);
        assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(4.99);
    }

    @Test
    void glorotUniformStaysBelowItsPublishedBound() {
        double bound = Math.sqrt(6.0 / (30 + 50));

        assertThat(Arrays.stream(draw(Initializers.glorotUniform(), 1, Shape.of(30, 50))))
                .allMatch(v -> Math.abs(v) <= bound);
    }

    @Test
    void aNormalIsNotTruncated() {
        double[] values = draw(Initializers.normal(10, 2), 1, Shape.of(20_000));

        assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(10, within(0.1));
        assertThat(Arrays.stream(values).filter(v -> Math.abs(v - 10) > 6).count())
                .as("0.27 % lie beyond three deviations")
                .isBetween(20L, 100L);
    }

    @Test
    void constantsAreConstant() {
        assertThat(draw(Initializers.zeros(), 1, Shape.of(3, 2)))
                .containsOnly(0)
                .hasSize(6);
        assertThat(draw(Initializers.constant(-1.5), 1, Shape.of(3, 2))).containsOnly(-1.5);
    }

    @Test
    void aScalarHasFanOne() {
        double[] values = new double[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = draw(Initializers.lecunUniform(), i, Shape.of())[0];
        }

        assertThat(Arrays.stream(values).map(v -> v * v).average().orElseThrow())
                .isCloseTo(1, within(0.05));
    }

    @ParameterizedTest(name = "{0} on {2}")
    @MethodSource("scalings")
    void theSameSeedGivesTheSameValues(String name, Initializer initializer, Shape shape, double variance) {
        assertThat(draw(initializer, 7, shape))
                .as(name)
                .isEqualTo(draw(initializer, 7, shape))
                .isNotEqualTo(draw(initializer, 8, shape));
    }

    static Stream<ThrowingCallable> nonsense() {
        return Stream.of(
                () -> Initializers.constant(Double.NaN),
                () -> Initializers.constant(Double.POSITIVE_INFINITY),
                () -> Initializers.uniform(1, 1),
                () -> Initializers.uniform(2, 1),
                () -> Initializers.uniform(Double.NaN, 1),
                () -> Initializers.uniform(0, Double.POSITIVE_INFINITY),
                () -> Initializers.normal(0, 0),
                () -> Initializers.normal(0, -1),
                () -> Initializers.normal(Double.NaN, 1),
                () -> Initializers.normal(0, Double.POSITIVE_INFINITY),
                () -> new VarianceScaling(0, Fan.IN, Distribution.NORMAL),
                () -> new VarianceScaling(-2, Fan.IN, Distribution.NORMAL),
                () -> new VarianceScaling(Double.NaN, Fan.IN, Distribution.UNIFORM));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void rejectsImpossibleHyperparameters(ThrowingCallable nonsense) {
        assertThatIllegalArgumentException().isThrownBy(nonsense).withMessageMatching(".* needs .*; received .*");
    }
}
