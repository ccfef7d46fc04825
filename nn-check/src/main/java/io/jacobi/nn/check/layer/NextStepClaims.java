package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Line;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What changes from one training step to the next, and what a layer must not miss of it. */
final class NextStepClaims {

    /** In a few rows of a few elements, the same mask twice in a row is likely enough to happen; sixteen times is not. */
    private static final int STEPS = 16;

    private static final int ROWS = 4;

    /** Equal rows of a matrix product may be added in another order; a mask is nowhere near. */
    private static final double ROUNDING = 1e-6;

    /** A kink may lie between the two ends of one difference, hardly of three. */
    private static final int DIRECTIONS = 3;

    private NextStepClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        return List.of(
                LayerContract.claim(
                        settings, batch, "random numbers are drawn anew in each step", NextStepClaims::drawsTheSame),
                LayerContract.claim(settings, batch, "gradients follow the weights", NextStepClaims::missesNewWeights));
    }

    /**
     * Equal examples give equal outputs, unless chance has a hand in it. A mask that differs between them and not between steps is
     * one that was drawn once: it trains the same part of the network for ever.
     */
    private static String drawsTheSame(LayerProbe probe) {
        try (Workspace w = Workspace.withInputGradient(probe.model(), ROWS)) {
            double[] x = probe.x();
            double[] rows = new double[(int) w.input().length()];
            int width = rows.length / ROWS;
            Arrays.setAll(rows, i -> x[i % width]);
            Vectors.set(w.input(), rows);
            double[] first = output(w, 0);
            int outputs = first.length / ROWS;
            double[] repeated = new double[first.length];
            Arrays.setAll(repeated, i -> first[i % outputs]);
            String chance = Failures.firstDifference("y", repeated, first, ROUNDING);
            if (chance.isEmpty()) {
                return "";
            }
            for (int step = 1; step < STEPS; step++) {
                if (!Arrays.equals(first, output(w, step))) {
                    return "";
                }
            }
            return "equal examples give different outputs, and the same ones in " + STEPS + " steps: " + chance;
        }
    }

    private static double[] output(Workspace w, long step) {
        w.forward(step, 0);
        return Vectors.toDoubles(w.output());
    }

    /**
     * Right at the first weights and wrong at the next, those behind an optimizer's step, is a layer that kept something of the
     * first. Who is wrong at the first is not said to be that: central differences tell.
     */
    private static String missesNewWeights(LayerProbe probe) {
        if (probe.model().parameterCount() == 0 || !slopesDiffer(probe).isEmpty()) {
            return "";
        }
        SplittableRandom random = new SplittableRandom(probe.settings().seed() + 2);
        double[] weights = Vectors.toDoubles(probe.model().weights());
        Arrays.setAll(weights, i -> 0.8 * weights[i] + 0.2 * random.nextGaussian());
        Vectors.set(probe.model().weights(), weights);
        String missed = slopesDiffer(probe);
        return missed.isEmpty() ? "" : "right at the first weights, and at others " + missed;
    }

    /** Forward and backward at the weights as they are, and what a few directions say; nothing if one of them agrees. */
    private static String slopesDiffer(LayerProbe probe) {
        List<LayerOracles.Part> parts = LayerOracles.gradients(probe, probe.run());
        String differs = "";
        for (int d = 0; d < DIRECTIONS; d++) {
            differs = slopeDiffers(probe.settings(), parts, LayerOracles.direction(probe, parts, d));
            if (differs.isEmpty()) {
                return "";
            }
        }
        return differs;
    }

    private static String slopeDiffers(LayerSettings settings, List<LayerOracles.Part> parts, Line.Direction line) {
        double analytic = line.along(LayerOracles.analytic(parts));
        double numeric = line.central(settings.step() * line.unit());
        double[] all = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.analytic()))
                .toArray();
        double scale = Comparison.scale(all) * Math.sqrt(all.length);
        // written so that NaN differs
        return Math.abs(analytic - numeric) <= settings.tolerance() * Math.max(scale, Math.abs(numeric))
                ? ""
                : "the slope in a direction is " + analytic + " by the gradients, " + numeric + " by a difference";
    }
}
