package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Impossible hyperparameters are refused where they are set, and the message says which are allowed. */
class OptimizerErrorsTest {

    /**
     * A factory that takes a number, the numbers that it refuses, and the message about the numbers that it expects.
     */
    private static Stream<Arguments> refused(
            String name, DoubleFunction<Object> maker, String expected, double... values) {
        return DoubleStream.of(values).mapToObj(value -> Arguments.of(name, maker, expected, value));
    }

    private static Stream<Arguments> share(String name, DoubleFunction<Object> maker) {
        return refused(name, maker, "expected 0 <= ", -0.1, 1, 2, Double.NaN);
    }

    private static Stream<Arguments> positive(String name, DoubleFunction<Object> maker) {
        return refused(name, maker, "expected a positive, finite number", 0, -1, Double.NaN, Double.POSITIVE_INFINITY);
    }

    private static Stream<Arguments> notNegative(String name, DoubleFunction<Object> maker) {
        return refused(name, maker, "expected a finite number, at least 0", -1, Double.NaN, Double.POSITIVE_INFINITY);
    }

    private static Stream<Arguments> steps(String name, DoubleFunction<Object> maker) {
        return refused(name, maker, "expected at least 1", 0, -1);
    }

    static Stream<Arguments> impossible() {
        Schedule half = Schedule.constant(0.5);
        return Stream.of(
                        positive("Adam rate", Adam::new),
                        share("Adam beta1", x -> new Adam(half).withBetas(x, 0.9)),
                        share("Adam beta2", x -> new Adam(half).withBetas(0.9, x)),
                        positive("Adam epsilon", x -> new Adam(half).withEpsilon(x)),
                        positive("AdamW rate", AdamW::new),
                        share("AdamW beta1", x -> new AdamW(half).withBetas(x, 0.9)),
                        share("AdamW beta2", x -> new AdamW(half).withBetas(0.9, x)),
                        positive("AdamW epsilon", x -> new AdamW(half).withEpsilon(x)),
                        notNegative("AdamW decay", x -> new AdamW(half).withWeightDecay(x)),
                        positive("Nadam rate", Nadam::new),
                        share("Nadam beta1", x -> new Nadam(half).withBetas(x, 0.9)),
                        share("Nadam beta2", x -> new Nadam(half).withBetas(0.9, x)),
                        positive("Nadam epsilon", x -> new Nadam(half).withEpsilon(x)),
                        notNegative("Nadam momentum decay", x -> new Nadam(half).withMomentumDecay(x)),
                        positive("RmsProp rate", RmsProp::new),
                        share("RmsProp alpha", x -> new RmsProp(half).withAlpha(x)),
                        share("RmsProp momentum", x -> new RmsProp(half).withMomentum(x)),
                        positive("RmsProp epsilon", x -> new RmsProp(half).withEpsilon(x)),
                        positive("Adagrad rate", Adagrad::new),
                        positive("Adagrad epsilon", x -> new Adagrad(half).withEpsilon(x)),
                        notNegative("Sgd decay", x -> new Sgd(half).withWeightDecay(x)),
                        positive("step rate", x -> Schedule.step(x, 1, 0.5)),
                        positive("step factor", x -> Schedule.step(1, 1, x)),
                        steps("step every", x -> Schedule.step(1, (long) x, 0.5)),
                        positive("exponential rate", x -> Schedule.exponential(x, 0.5)),
                        positive("exponential factor", x -> Schedule.exponential(1, x)),
                        steps("warm-up steps", x -> Schedule.warmUp((long) x, half)),
                        positive("cosine rate", x -> Schedule.cosine(x, 10)),
                        notNegative("cosine end", x -> Schedule.cosine(1, x, 10)),
                        steps("cosine steps", x -> Schedule.cosine(1, (long) x)),
                        positive("one-cycle rate", x -> Schedule.oneCycle(x, 100)),
                        steps("one-cycle steps", x -> Schedule.oneCycle(1, (long) x)),
                        refused("one-cycle steps", x -> Schedule.oneCycle(1, (long) x), "at least 2 steps", 1, 6),
                        refused(
                                "one-cycle rise",
                                x -> Schedule.oneCycle(1, 100, x),
                                "expected 0 < share < 1",
                                0,
                                0.019,
                                1,
                                -1,
                                Double.NaN),
                        positive("norm clip", GradientClip::norm),
                        positive("value clip", GradientClip::value),
                        notNegative("L1", Penalty::l1),
                        notNegative("L2", Penalty::l2))
                .flatMap(cases -> cases);
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("impossible")
    void isRefused(String name, DoubleFunction<Object> maker, String expected, double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maker.apply(value))
                .withMessageContaining(name.contains("steps") || name.contains("every") ? "" : Double.toString(value))
                .withMessageContaining(expected);
    }
}
