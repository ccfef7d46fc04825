package io.jacobi.nn.check.network;

import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.check.layer.LayerContract;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training may rely on beyond a right gradient of one batch: that threads, steps, penalties and precision change nothing. */
public final class NetworkContract {

    /** The same terms, added in another order. */
    private static final double ROUNDING = 1e-12;

    /** Float has 24 bits, and a network is some layers deep. */
    private static final double FLOAT_TOLERANCE = 1e-4;

    /** How far the weights move: far above rounding, and near enough for the curvature to be invisible. */
    private static final double DISTANCE = 1e-6;

    private static final double CURVATURE = 1e-3;

    private NetworkContract() {}

    /** About a run from the start. */
    public static Claim repeats(NetworkCheck check) {
        return Claim.of("the same seed repeats", check.data().size(), () -> notRepeated(check));
    }

    public static List<Claim> claims(NetworkCheck check, NetworkStage stage) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(check, stage, "every step starts from nothing", p -> differsFromDefinition(p, 1)));
        claims.add(claim(
                check,
                stage,
                "a batch that is split over threads gives the same",
                p -> differsFromDefinition(p, 2) + differsFromDefinition(p, 3)));
        if (!check.penalties().isEmpty()) {
            claims.add(claim(check, stage, "penalties are added once", p -> penalizes(p, 1) + penalizes(p, 2)));
        }
        claims.add(claim(check, stage, "float agrees with double", NetworkContract::differsInFloat));
        claims.add(claim(
                check, stage, "a small step lowers the loss as the gradient says", NetworkContract::doesNotDescend));
        return claims;
    }

    private static Claim claim(
            NetworkCheck check, NetworkStage stage, String name, Function<NetworkProbe, String> experiment) {
        return Claim.of(stage.claim(name), check.data().size(), () -> {
            try (NetworkProbe probe = stage.probe(check)) {
                return experiment.apply(probe);
            }
        });
    }

    private static String notRepeated(NetworkCheck check) {
        String differences = "";
        for (int threads = 1; threads <= 2; threads++) {
            Sequential first = NetworkStage.TRAINED.model(check, threads);
            Sequential second = NetworkStage.TRAINED.model(check, threads);
            differences = Failures.join(
                    differences,
                    difference("weights", first.weights(), second.weights()),
                    difference("states", first.state(), second.state()));
        }
        return differences;
    }

    private static String difference(String name, INDArray expected, INDArray actual) {
        return LayerContract.firstDifference(name, Vectors.toDoubles(expected), Vectors.toDoubles(actual), 0);
    }

    /** Steps on batches of several sizes, in one run, each against the whole batch done at once. */
    private static String differsFromDefinition(NetworkProbe probe, int threads) {
        List<Batch> batches = batches(probe);
        List<GradientRecorder.Step> steps = GradientRecorder.steps(
                probe.check(), probe.model(), probe.check().penalties(), threads, batches);
        double[] weights = Vectors.toDoubles(probe.model().weights());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            GradientRecorder.Step actual = steps.get(i);
            String here = Failures.join(
                    actual.calls() == 1 ? "" : "the optimizer was asked " + actual.calls() + " times",
                    LayerContract.firstDifference("weights", weights, actual.weights(), 0));
            try (NetworkProbe defined = probe.on(batches.get(i))) {
                here = Failures.join(
                        here, difference(defined.run(i, probe.check().penalties()), actual, ROUNDING));
            }
            if (!here.isEmpty()) {
                differences.add(String.format(
                        Locale.ROOT,
                        "%d threads, step %d, batch %d: %s",
                        threads,
                        i,
                        batches.get(i).size(),
                        here));
            }
        }
        return Failures.join(differences);
    }

    /** Evenly and unevenly divided by two and three, one that has fewer examples than threads, and the whole again. */
    private static List<Batch> batches(NetworkProbe probe) {
        int all = probe.batch().size();
        return IntStream.of(all, all - 1, 2, all)
                .mapToObj(size -> probe.check().batch(size))
                .toList();
    }

    /** Each alone, and all together. */
    private static String penalizes(NetworkProbe probe, int threads) {
        List<List<Penalty>> cases = new ArrayList<>();
        probe.check().penalties().forEach(penalty -> cases.add(List.of(penalty)));
        cases.add(probe.check().penalties());
        NetworkProbe.Result none = probe.run(0, List.of());
        GradientRecorder.Step without = GradientRecorder.step(probe, List.of(), threads);
        List<String> differences = new ArrayList<>();
        for (List<Penalty> penalties : cases) {
            NetworkProbe.Result all = probe.run(0, penalties);
            double[] sum = new double[all.gradients().length];
            Arrays.setAll(sum, i -> without.gradient()[i] + all.gradients()[i] - none.gradients()[i]);
            NetworkProbe.Result expected =
                    new NetworkProbe.Result(without.loss() + all.value() - none.value(), all.dx(), sum);
            String difference = difference(expected, GradientRecorder.step(probe, penalties, threads), ROUNDING);
            differences.add(difference.isEmpty() ? "" : penalties + " on " + threads + " threads: " + difference);
        }
        return Failures.join(differences);
    }

    private static String differsInFloat(NetworkProbe probe) {
        NetworkCheck check = probe.check();
        GradientRecorder.Step single = GradientRecorder.steps(
                        check, probe.model().copy(DataType.FLOAT), check.penalties(), 1, List.of(probe.batch()))
                .get(0);
        return difference(probe.run(), single, FLOAT_TOLERANCE);
    }

    private static String difference(NetworkProbe.Result expected, GradientRecorder.Step actual, double tolerance) {
        return Failures.join(
                LayerContract.firstDifference(
                        "loss", new double[] {expected.value()}, new double[] {actual.loss()}, tolerance),
                LayerContract.firstDifference("gradient", expected.gradients(), actual.gradient(), tolerance));
    }

    /** A step of gradient descent, ΔL ≈ −ε |g|², made by the loop itself. */
    private static String doesNotDescend(NetworkProbe probe) {
        NetworkCheck check = probe.check();
        double[] gradient = GradientRecorder.step(probe, check.penalties(), 1).gradient();
        double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
        if (!(norm > 0)) {
            return "the norm of the gradient is " + norm;
        }
        Sequential moved = probe.model().copy();
        NetworkStage.train(check, moved, new Sgd(DISTANCE / norm), 1, List.of(probe.batch()));
        double[] before = probe.terms();
        Vectors.set(probe.model().weights(), Vectors.toDoubles(moved.weights()));
        double[] after = probe.terms();
        double change = IntStream.range(0, after.length)
                .mapToDouble(i -> after[i] - before[i])
                .sum();
        return LayerContract.firstDifference(
                "change of the loss", new double[] {-DISTANCE * norm}, new double[] {change}, CURVATURE);
    }
}
