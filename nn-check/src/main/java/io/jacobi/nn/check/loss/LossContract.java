package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.math.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The claims of the loss contract that central differences do not see. */
final class LossContract {

    /** Float has 24 bits, and losses subtract. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    private static final double ROUNDING = 1e-12;

    /** A sum of some thousand terms, one after another. */
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
            claims.add(Claim.of("parts make up the whole by their weights", batch, () -> notFromParts(probe)));
            claims.add(Claim.of("impossible weights are rejected", batch, () -> takesImpossibleWeights(probe)));
        }
        return claims;
    }

    /** Every example twice: a mean is the same, and each example has half as much say. */
    private static String notAMean(LossProbe probe) {
        return notTheSame(probe, 2);
    }

    /** Every example so often that predictions, targets and weights fill more than two tiles each, and the last not to its end. */
    private static String notAMeanOfMany(LossProbe probe) {
        int times = 2 * Scratch.TILE / probe.batch() + 1;
        return Failures.join(
                notTheSame(probe, times),
                probe.subject().takesWeights() ? notTheSame(probe.weighed(someWeights(probe.batch())), times) : "");
    }

    private static double[] someWeights(int batch) {
        return IntStream.range(0, batch).mapToDouble(i -> 1 + i / 2.0).toArray();
    }

    private static String notTheSame(LossProbe probe, int times) {
        LossProbe.Result once = probe.run();
        LossProbe.Result often = probe.repeated(times).run();
        double[] shares = new double[often.gradient().length];
        Arrays.setAll(shares, i -> once.gradient()[i % once.gradient().length] / times);
        return difference(
                new LossProbe.Result(once.value(), shares, once.weight() * times, ""), often, ROUNDING_OF_MANY);
    }

    /** A NaN in a prediction must show in the loss; one in a target must show or be rejected. */
    private static String hidesNan(LossProbe probe) {
        for (int i = 0; i < probe.prediction().length(); i++) {
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

    /** Weights 3, 0, 2, 1, ..., never as many as the batch, against a batch that has each example so often. */
    private static String notRepetition(LossProbe probe) {
        int[] often = IntStream.range(0, probe.batch())
                .map(i -> new int[] {3, 0, 2, 1}[i % 4])
                .toArray();
        int[] rows = IntStream.range(0, often.length)
                .flatMap(i -> IntStream.generate(() -> i).limit(often[i]))
                .toArray();
        LossProbe weighed = probe.weighed(Arrays.stream(often).asDoubleStream().toArray());
        LossProbe.Result actual = weighed.run();
        LossProbe.Result repeated = probe.examples(rows).run();
        double[] gradient = new double[actual.gradient().length];
        int outputs = probe.outputs();
        for (int i = 0; i < rows.length * outputs; i++) {
            gradient[rows[i / outputs] * outputs + i % outputs] += repeated.gradient()[i];
        }
        LossProbe.Result expected = new LossProbe.Result(repeated.value(), gradient, repeated.weight(), "");
        return Failures.join(
                difference(expected, actual, ROUNDING),
                actual.changed(),
                difference(actual, weighed.inFloat().run(), FLOAT_TOLERANCE));
    }

    private static String notNothing(LossProbe probe) {
        LossProbe.Result actual = probe.weighed(new double[probe.batch()]).run();
        return difference(new LossProbe.Result(0, new double[actual.gradient().length], 0, ""), actual, 0);
    }

    /** The first example and the others, averaged by what the loss says they count for. */
    private static String notFromParts(LossProbe probe) {
        int batch = probe.batch();
        if (batch == 1) {
            return "";
        }
        double[] weights = someWeights(batch);
        LossProbe.Result whole = probe.weighed(weights).run();
        LossProbe.Result first = probe.examples(0).weighed(weights[0]).run();
        LossProbe.Result others = probe.examples(IntStream.range(1, batch).toArray())
                .weighed(Arrays.copyOfRange(weights, 1, batch))
                .run();
        double total = first.weight() + others.weight();
        double mean = (first.value() * first.weight() + others.value() * others.weight()) / total;
        return Failures.join(
                Failures.firstDifference("weight", total, whole.weight(), ROUNDING),
                Failures.firstDifference("mean of parts", whole.value(), mean, ROUNDING));
    }

    private static String takesImpossibleWeights(LossProbe probe) {
        for (double impossible : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] weights = new double[probe.batch()];
            Arrays.fill(weights, 1);
            weights[weights.length - 1] = impossible;
            if (!rejects(probe.weighed(weights))) {
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
                Failures.firstDifference("weight", expected.weight(), actual.weight(), tolerance));
    }
}
