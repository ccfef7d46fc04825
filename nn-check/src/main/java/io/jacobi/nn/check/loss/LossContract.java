package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.math.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The claims of the loss contract that central differences cannot test. */
final class LossContract {

    /** Float has 24 bits, and losses subtract. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    private static final double ROUNDING = 1e-12;

    /** A sum of a few thousand terms, one after another. */
    private static final double ROUNDING_OF_MANY = 1e-11;

    private LossContract() {}

    static List<Claim> claims(LossProbe probe) {
        List<Claim> claims = new ArrayList<>();
        int batch = probe.batch();
        claims.add(Claim.of(
                "prediction and target are left alone", batch, () -> probe.run().changed()));
        claims.add(Claim.of("the loss is a mean over the batch", batch, () -> notAMean(probe)));
        claims.add(Claim.of("a batch of many tiles is a mean too", batch, () -> notAMeanOfMany(probe)));
        claims.add(Claim.of(
                "float agrees with double",
                batch,
                () -> difference(probe.run(), probe.inFloat().run(), FLOAT_TOLERANCE)));
        claims.add(Claim.of("NaN is not hidden", batch, () -> hidesNan(probe)));
        if (probe.subject().takesWeights()) {
            claims.add(Claim.of("a weight counts as that number of examples", batch, () -> notRepetition(probe)));
            claims.add(Claim.of("weights of 0 give 0", batch, () -> notNothing(probe)));
            claims.add(Claim.of("an example of weight 0 may be anything", batch, () -> readsWeightZero(probe)));
            claims.add(Claim.of("parts make up the whole by their weights", batch, () -> notFromParts(probe)));
            claims.add(Claim.of("impossible weights are rejected", batch, () -> takesImpossibleWeights(probe)));
        }
        return claims;
    }

    /** Repeats every example twice: the mean stays the same, and the gradient of each example is halved. */
    private static String notAMean(LossProbe probe) {
        return notTheSame(probe, 2);
    }

    /**
     * Repeats every example until predictions, targets and weights each fill more than two tiles, the last tile not to
     * its end.
     */
    private static String notAMeanOfMany(LossProbe probe) {
        int times = 2 * Scratch.TILE / probe.batch() + 1;
        return Failures.join(
                notTheSame(probe, times),
                probe.subject().takesWeights() ? notTheSame(probe.weighted(unevenWeights(probe.batch())), times) : "");
    }

    private static double[] unevenWeights(int batch) {
        return IntStream.range(0, batch).mapToDouble(i -> 1 + i / 2.0).toArray();
    }

    private static String notTheSame(LossProbe probe, int times) {
        LossProbe.Result once = probe.run();
        LossProbe.Result often = probe.repeated(times).run();
        double[] shares = new double[often.gradient().length];
        Arrays.setAll(shares, i -> once.gradient()[i % once.gradient().length] / times);
        return difference(
                new LossProbe.Result(once.value(), shares, once.divisor() * times, ""), often, ROUNDING_OF_MANY);
    }

    /**
     * A NaN in a prediction must make the loss NaN, unless the example does not count; a NaN in a target must do so or
     * be rejected.
     */
    private static String hidesNan(LossProbe probe) {
        for (int i = 0; i < probe.prediction().length(); i++) {
            if (probe.examples(i / probe.outputs()).run().divisor() == 0) {
                continue;
            }
            double value = probe.withPrediction(i, Double.NaN).run().value();
            if (!Double.isNaN(value)) {
                return "the loss is " + value + " with prediction[" + i + "] = NaN";
            }
        }
        for (int i = 0; i < probe.target().length(); i++) {
            LossProbe broken = probe.withTarget(i, Double.NaN);
            if (!rejects(broken) && !Double.isNaN(broken.run().value())) {
                return "the loss is a number with target[" + i + "] = NaN";
            }
        }
        return "";
    }

    /**
     * Compares weights 3, 0, 2, 1, ..., whose sum never equals the batch size, with a batch that repeats each example
     * by its weight.
     */
    private static String notRepetition(LossProbe probe) {
        int[] often = IntStream.range(0, probe.batch())
                .map(i -> new int[] {3, 0, 2, 1}[i % 4])
                .toArray();
        int[] rows = IntStream.range(0, often.length)
                .flatMap(i -> IntStream.generate(() -> i).limit(often[i]))
                .toArray();
        LossProbe weighted =
                probe.weighted(Arrays.stream(often).asDoubleStream().toArray());
        LossProbe.Result actual = weighted.run();
        LossProbe.Result repeated = probe.examples(rows).run();
        double[] gradient = new double[actual.gradient().length];
        int outputs = probe.outputs();
        for (int i = 0; i < rows.length * outputs; i++) {
            gradient[rows[i / outputs] * outputs + i % outputs] += repeated.gradient()[i];
        }
        LossProbe.Result expected = new LossProbe.Result(repeated.value(), gradient, repeated.divisor(), "");
        return Failures.join(
                difference(expected, actual, ROUNDING),
                actual.changed(),
                difference(actual, weighted.inFloat().run(), FLOAT_TOLERANCE));
    }

    private static String notNothing(LossProbe probe) {
        LossProbe.Result actual = probe.weighted(new double[probe.batch()]).run();
        return difference(new LossProbe.Result(0, new double[actual.gradient().length], 0, ""), actual, 0);
    }

    /** Fills one example of weight 0 with what no example may be. Nothing may change, and its gradient must be 0. */
    private static String readsWeightZero(LossProbe probe) {
        int width = (int) probe.target().length() / probe.batch();
        for (int n = 0; n < probe.batch(); n++) {
            double[] weights = unevenWeights(probe.batch());
            weights[n] = 0;
            LossProbe weighted = probe.weighted(weights);
            for (double anything : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, -100}) {
                LossProbe spoiled = weighted;
                for (int i = n * probe.outputs(); i < (n + 1) * probe.outputs(); i++) {
                    spoiled = spoiled.withPrediction(i, anything);
                }
                for (int i = n * width; i < (n + 1) * width; i++) {
                    spoiled = spoiled.withTarget(i, anything);
                }
                String failure = differsOrThrows(weighted.run(), spoiled);
                if (!failure.isEmpty()) {
                    return failure + " with example " + n + " of weight 0 set to " + anything;
                }
            }
        }
        return "";
    }

    private static String differsOrThrows(LossProbe.Result expected, LossProbe probe) {
        try {
            return difference(expected, probe.run(), 0);
        } catch (IllegalArgumentException judged) {
            return "the loss throws \"" + judged.getMessage() + "\"";
        }
    }

    /**
     * Compares the whole batch with the first example and the others, averaged by the weights that the loss gives for
     * them.
     */
    private static String notFromParts(LossProbe probe) {
        int batch = probe.batch();
        if (batch == 1) {
            return "";
        }
        double[] weights = unevenWeights(batch);
        LossProbe.Result whole = probe.weighted(weights).run();
        LossProbe.Result first = probe.examples(0).weighted(weights[0]).run();
        LossProbe.Result others = probe.examples(IntStream.range(1, batch).toArray())
                .weighted(Arrays.copyOfRange(weights, 1, batch))
                .run();
        double total = first.divisor() + others.divisor();
        double mean = (first.value() * first.divisor() + others.value() * others.divisor()) / total;
        return Failures.join(
                Failures.firstDifference("divisor", total, whole.divisor(), ROUNDING),
                Failures.firstDifference("mean of parts", whole.value(), mean, ROUNDING));
    }

    private static String takesImpossibleWeights(LossProbe probe) {
        for (double impossible : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] weights = new double[probe.batch()];
            Arrays.fill(weights, 1);
            weights[weights.length - 1] = impossible;
            if (!rejects(probe.weighted(weights))) {
                return "a weight of " + impossible + " was taken";
            }
        }
        return "";
    }

    private static boolean rejects(LossProbe probe) {
        try {
            probe.run();
            return false;
        } catch (IllegalArgumentException rejected) {
            return true;
        }
    }

    static String difference(LossProbe.Result expected, LossProbe.Result actual, double tolerance) {
        return Failures.join(
                Failures.firstDifference("loss", expected.value(), actual.value(), tolerance),
                Failures.firstDifference("gradient", expected.gradient(), actual.gradient(), tolerance),
                Failures.firstDifference("divisor", expected.divisor(), actual.divisor(), tolerance));
    }
}
