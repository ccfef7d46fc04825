package io.jacobi.nn.check.penalty;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The claims of the contract of a penalty that oracles do not see. */
final class PenaltyContract {

    /** Float has 24 bits, and a penalty is a sum of numbers of one sign. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    private static final double ROUNDING = 1e-12;

    private PenaltyContract() {}

    static List<Claim> claims(PenaltyProbe probe, boolean all) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim("weights are left alone", () -> probe.run().changed()));
        claims.add(claim("gradients accumulate", () -> notAccumulated(probe)));
        claims.add(claim("float agrees with double", () -> differsInFloat(probe)));
        claims.add(claim("NaN is not hidden", () -> hidesNan(probe, all)));
        if (all) {
            claims.add(claim("every parameter is penalized", () -> leavesOut(probe)));
        } else {
            claims.add(claim("parameters that do not decay are not penalized", () -> penalizesTooMuch(probe)));
        }
        return claims;
    }

    private static Claim claim(String name, Supplier<String> experiment) {
        return Claim.of(name, 1, experiment);
    }

    private static String notAccumulated(PenaltyProbe probe) {
        double[] start = new double[probe.length()];
        Arrays.setAll(start, i -> 1 + i % 7);
        double[] expected = probe.run().gradient();
        Arrays.setAll(expected, i -> start[i] + expected[i]);
        return Failures.firstDifference(
                "gradient that held 1, 2, ... before",
                expected,
                probe.run(start).gradient(),
                ROUNDING);
    }

    private static String differsInFloat(PenaltyProbe probe) {
        PenaltyProbe.Result expected = probe.run();
        PenaltyProbe.Result actual = probe.inFloat().run();
        return Failures.join(
                Failures.firstDifference("penalty", expected.value(), actual.value(), FLOAT_TOLERANCE),
                Failures.firstDifference("gradient", expected.gradient(), actual.gradient(), FLOAT_TOLERANCE));
    }

    private static String hidesNan(PenaltyProbe probe, boolean all) {
        return first(
                probe.parameters().stream().filter(p -> all || p.decays()),
                p -> Double.isNaN(probe.with(p, Double.NaN).run().value()),
                "the penalty is a number with NaN in ");
    }

    private static String leavesOut(PenaltyProbe probe) {
        double[] gradient = probe.run().gradient();
        return first(
                probe.parameters().stream(),
                p -> Arrays.stream(PenaltyProbe.part(gradient, p)).allMatch(g -> g != 0),
                "there are weights without a gradient in ");
    }

    /** To the bit: neither its gradient nor what it holds plays a part. */
    private static String penalizesTooMuch(PenaltyProbe probe) {
        PenaltyProbe.Result expected = probe.run();
        return first(
                probe.parameters().stream().filter(p -> !p.decays()),
                p -> Arrays.stream(PenaltyProbe.part(expected.gradient(), p)).allMatch(g -> g == 0)
                        && probe.with(p, 3).run().value() == expected.value(),
                "there is a penalty on ");
    }

    private static String first(Stream<Parameter> parameters, Predicate<Parameter> holds, String what) {
        return parameters
                .filter(holds.negate())
                .findFirst()
                .map(p -> what + p.path())
                .orElse("");
    }
}
