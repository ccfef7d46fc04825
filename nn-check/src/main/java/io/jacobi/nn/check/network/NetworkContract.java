package io.jacobi.nn.check.network;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
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

/**
 * The claims that training relies on beyond a right gradient of one batch: that threads, steps, penalties and precision
 * change nothing.
 */
final class NetworkContract {

    /** The rounding of equal terms that are added in another order. */
    private static final double ROUNDING = 1e-12;

    /** Float has 24 bits, and a network is several layers deep. */
    private static final double FLOAT_TOLERANCE = 1e-4;

    /** The distance that the weights move: far above rounding, and too short for the curvature to matter. */
    private static final double DISTANCE = 1e-6;

    private static final double CURVATURE = 1e-3;

    private NetworkContract() {}

    /** Returns the claim about a run from the start. */
    static Claim repeats(NetworkSettings settings) {
        return Claim.of("the same seed gives the same result", settings.data().size(), () -> notRepeated(settings));
    }

    static List<Claim> claims(NetworkSettings settings, NetworkStage stage) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(settings, stage, "every step starts from nothing", p -> differsFromDefinition(p, 1)));
        claims.add(claim(
                settings,
                stage,
                "a batch that is split over threads gives the same result",
                p -> differsFromDefinition(p, 2) + differsFromDefinition(p, 3)));
        if (!settings.penalties().isEmpty()) {
            claims.add(claim(settings, stage, "penalties are added once", p -> penalizes(p, 1) + penalizes(p, 2)));
        }
        claims.add(claim(settings, stage, "float agrees with double", NetworkContract::differsInFloat));
        claims.add(claim(
                settings, stage, "a small step lowers the loss as the gradient says", NetworkContract::doesNotDescend));
        return claims;
    }

    private static Claim claim(
            NetworkSettings settings, NetworkStage stage, String name, Function<NetworkProbe, String> experiment) {
        return Claim.of(stage.claim(name), settings.data().size(), () -> {
            try (NetworkProbe probe = stage.probe(settings)) {
                return experiment.apply(probe);
            }
        });
    }

    private static String notRepeated(NetworkSettings settings) {
        String differences = "";
        for (int threads = 1; threads <= 2; threads++) {
            try (Sequential first = NetworkStage.TRAINED.model(settings, threads);
                    Sequential second = NetworkStage.TRAINED.model(settings, threads)) {
                differences = Failures.join(
                        differences,
                        difference("weights", first.weights(), second.weights()),
                        difference("states", first.state(), second.state()));
            }
        }
        return differences;
    }

    private static String difference(String name, INDArray expected, INDArray actual) {
        return Failures.firstDifference(name, Vectors.toDoubles(expected), Vectors.toDoubles(actual), 0);
    }

    /**
     * Makes steps on batches of several sizes, in one run, and compares each with the definition on the whole batch.
     */
    private static String differsFromDefinition(NetworkProbe probe, int threads) {
        List<Batch> batches = batches(probe);
        List<GradientRecorder.Step> steps = GradientRecorder.steps(
                probe.settings(), probe.model(), probe.settings().penalties(), threads, batches);
        double[] weights = Vectors.toDoubles(probe.model().weights());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            GradientRecorder.Step actual = steps.get(i);
            String here = Failures.join(
                    actual.calls() == 1 ? "" : "the optimizer was called " + actual.calls() + " times",
                    Failures.firstDifference("weights", weights, actual.weights(), 0));
            try (NetworkProbe defined = probe.on(batches.get(i))) {
                here = Failures.join(
                        here, difference(defined.run(i, probe.settings().penalties()), actual, ROUNDING));
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

    /**
     * Returns batches that two and three threads divide evenly and unevenly, a batch with fewer examples than threads,
     * and the whole batch again.
     */
    private static List<Batch> batches(NetworkProbe probe) {
        int all = probe.batch().size();
        return IntStream.of(all, all - 1, 2, all)
                .mapToObj(size -> probe.settings().batch(size))
                .toList();
    }

    /** Compares each penalty alone, and all together. */
    private static String penalizes(NetworkProbe probe, int threads) {
        List<List<Penalty>> cases = new ArrayList<>();
        probe.settings().penalties().forEach(penalty -> cases.add(List.of(penalty)));
        cases.add(probe.settings().penalties());
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
        NetworkSettings settings = probe.settings();
        try (Sequential rounded = probe.model().copy(DataType.FLOAT)) {
            GradientRecorder.Step single = GradientRecorder.steps(
                            settings, rounded, settings.penalties(), 1, List.of(probe.batch()))
                    .get(0);
            return difference(probe.run(), single, FLOAT_TOLERANCE);
        }
    }

    private static String difference(NetworkProbe.Result expected, GradientRecorder.Step actual, double tolerance) {
        return Failures.join(
                Failures.firstDifference("loss", expected.value(), actual.loss(), tolerance),
                Failures.firstDifference("gradient", expected.gradients(), actual.gradient(), tolerance));
    }

    /** Makes a step of gradient descent by the loop itself, where ΔL ≈ −ε |g|². */
    private static String doesNotDescend(NetworkProbe probe) {
        NetworkSettings settings = probe.settings();
        double[] gradient =
                GradientRecorder.step(probe, settings.penalties(), 1).gradient();
        double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
        if (!(norm > 0)) {
            return "the norm of the gradient is " + norm;
        }
        double[] before = probe.terms();
        try (Sequential moved = probe.model().copy()) {
            NetworkStage.train(settings, moved, new Sgd(DISTANCE / norm), 1, List.of(probe.batch()));
            Vectors.set(probe.model().weights(), Vectors.toDoubles(moved.weights()));
        }
        double[] after = probe.terms();
        double change = IntStream.range(0, after.length)
                .mapToDouble(i -> after[i] - before[i])
                .sum();
        return Failures.firstDifference("change of the loss", -DISTANCE * norm, change, CURVATURE);
    }
}
