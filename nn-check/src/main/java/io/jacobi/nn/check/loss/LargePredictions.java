package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.scalar.ScalarLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The claims about predictions that are large, or all shifted: where exponentials overflow and sums cancel. */
final class LargePredictions {

    private static final double FLOAT_TOLERANCE = 1e-5;

    /** A prediction of 0.3 keeps 12 digits after a shift of 1000. */
    private static final double ROUNDING_OF_SHIFTED = 1e-11;

    private static final double ROUNDING = 1e-12;
    private static final double ROUNDING_OF_FLOATS = 1e-6;

    private LargePredictions() {}

    /** Returns the claims that the settings ask for. */
    static List<Claim> claims(LossSettings settings, LossProbe probe) {
        List<Claim> claims = new ArrayList<>();
        double m = settings.magnitude();
        if (m > 0) {
            claims.add(claim("large predictions give finite numbers", probe, m, LargePredictions::notFinite));
            claims.add(
                    claim("large predictions in float agree with double", probe, m, LargePredictions::differsInFloat));
            settings.twin()
                    .ifPresent(twin -> claims.add(Claim.of(
                            "scalar engine at large predictions",
                            probe.batch(),
                            Oracle.SCALARS,
                            () -> compareWithTwin(probe, m, twin))));
        }
        if (settings.shiftInvariant()) {
            claims.add(claim("a shift of a row changes nothing", probe, m, LargePredictions::changesWithShift));
            claims.add(claim("rows of the gradient sum to 0", probe, m, LargePredictions::rowDoesNotSumToZero));
        }
        return claims;
    }

    /** Returns a claim about the probe, tested also with large predictions. */
    private static Claim claim(String name, LossProbe probe, double magnitude, Function<LossProbe, String> experiment) {
        return Claim.of(
                name,
                probe.batch(),
                () -> Stream.concat(Stream.of(probe), large(probe, magnitude))
                        .map(experiment)
                        .filter(failure -> !failure.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /**
     * Returns probes with one large prediction, with all predictions large, and with all large with alternating signs;
     * none if the magnitude is 0.
     */
    private static Stream<LossProbe> large(LossProbe probe, double m) {
        if (m == 0) {
            return Stream.empty();
        }
        Stream<LossProbe> one = IntStream.range(0, (int) probe.prediction().length())
                .boxed()
                .flatMap(i -> Stream.of(probe.withPrediction(i, m), probe.withPrediction(i, -m)));
        Stream<LossProbe> all = Stream.of(
                probe.withPredictions((i, y) -> m),
                probe.withPredictions((i, y) -> -m),
                probe.withPredictions((i, y) -> i % 2 == 0 ? m : -m),
                probe.withPredictions((i, y) -> i % 2 == 0 ? -m : m));
        return Stream.concat(one, all);
    }

    private static String notFinite(LossProbe probe) {
        return Failures.join(notFinite("", probe), notFinite(" in float", probe.inFloat()));
    }

    private static String notFinite(String where, LossProbe probe) {
        LossProbe.Result result = probe.run();
        if (!Double.isFinite(result.value())) {
            return "the loss" + where + " is " + result.value() + at(probe);
        }
        for (int i = 0; i < result.gradient().length; i++) {
            if (!Double.isFinite(result.gradient()[i])) {
                return "gradient[" + i + "]" + where + " is " + result.gradient()[i] + at(probe);
            }
        }
        return "";
    }

    private static String at(LossProbe probe) {
        return " at predictions of " + Arrays.toString(probe.values());
    }

    private static String differsInFloat(LossProbe probe) {
        return LossContract.difference(probe.run(), probe.inFloat().run(), FLOAT_TOLERANCE);
    }

    /** Compares with the twin, and reports only the batch with the largest error. */
    private static Evidence compareWithTwin(LossProbe probe, double m, ScalarLoss twin) {
        return large(probe, m)
                .map(batch -> {
                    List<TensorResult> tensors = LossTwin.scalars(batch, twin);
                    boolean passes = tensors.stream().allMatch(TensorResult::passes);
                    return new Evidence(tensors, passes ? "" : "differs" + at(batch));
                })
                .max(Comparator.comparingDouble(LargePredictions::largestError))
                .orElseThrow();
    }

    /** Returns the largest relative error; NaN, which counts as larger than any number, if there is one. */
    private static double largestError(Evidence evidence) {
        return evidence.tensors().stream()
                .mapToDouble(tensor -> tensor.worst().relative())
                .reduce(0, Math::max);
    }

    /** Shifts each example by another number. */
    private static String changesWithShift(LossProbe probe) {
        LossProbe.Result expected = probe.run();
        for (double shift : new double[] {1, -30, 1000, -1000}) {
            LossProbe shifted = probe.withPredictions((i, y) -> y + shift / (1 + i / probe.outputs()));
            String failure = LossContract.difference(expected, shifted.run(), ROUNDING_OF_SHIFTED);
            if (!failure.isEmpty()) {
                return failure + " after a shift of " + shift;
            }
        }
        return "";
    }

    private static String rowDoesNotSumToZero(LossProbe probe) {
        return Failures.join(
                rowDoesNotSumToZero("", probe, ROUNDING),
                rowDoesNotSumToZero(" in float", probe.inFloat(), ROUNDING_OF_FLOATS));
    }

    private static String rowDoesNotSumToZero(String where, LossProbe probe, double tolerance) {
        double[] gradient = probe.run().gradient();
        double scale = Comparison.scale(gradient);
        for (int n = 0; n < probe.batch(); n++) {
            double sum = Arrays.stream(gradient, n * probe.outputs(), (n + 1) * probe.outputs())
                    .sum();
            // written so that NaN fails
            if (!(Math.abs(sum) <= tolerance * scale)) {
                return "row " + n + " of the gradient" + where + " sums to " + sum + at(probe);
            }
        }
        return "";
    }
}
