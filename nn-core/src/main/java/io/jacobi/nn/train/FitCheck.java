package io.jacobi.nn.train;

import io.jacobi.nn.model.LayerPlan;
import io.jacobi.nn.model.Sequential;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks before the first step what would otherwise end a run after an epoch or later. */
final class FitCheck {

    /** More would take longer than a moment; a schedule evaluates in 10 to 50 ns. */
    private static final long MOST_RATES = 1_000_000;

    private final GradientDescent descent;
    private final Sequential model;
    /** The number of examples that count. */
    private final int examples;

    private final Fit fit;

    FitCheck(GradientDescent descent, int examples, Fit fit) {
        this.descent = descent;
        this.model = descent.settings().model();
        this.examples = examples;
        this.fit = fit;
    }

    /**
     * Checks batches, learning rates, checkpoints and callbacks.
     *
     * @throws IllegalArgumentException if one of them cannot work; the message says which, and how to fix it
     */
    void run() {
        checkBatches();
        checkRates();
        checkCheckpoints();
        fit.callbacks().forEach(callback -> callback.beforeRun(fit));
    }

    private void checkBatches() {
        int smallest = smallestBatch(fit.batchSize());
        List<LayerPlan> plans = model.blueprint().plans();
        for (LayerPlan plan : plans) {
            plan.withInside()
                    .filter(inside -> inside.layer().smallestBatch(inside.input()) > smallest)
                    .findFirst()
                    .ifPresent(inside -> {
                        throw tooSmall(smallest, inside);
                    });
        }
    }

    /** The number of examples in the smallest batch of an epoch, which is the last. */
    private int smallestBatch(int batchSize) {
        int rest = examples % batchSize;
        return rest == 0 ? Math.min(batchSize, examples) : rest;
    }

    private IllegalArgumentException tooSmall(int smallest, LayerPlan plan) {
        int needed = plan.layer().smallestBatch(plan.input());
        return new IllegalArgumentException("The " + examples + " examples in batches of " + fit.batchSize()
                + " leave a last batch of " + smallest + ", and " + plan.label() + " at " + plan.path()
                + " cannot train on it\n  expected at least " + needed + " examples in each batch\n  fix: "
                + (examples < needed ? "add examples" : "batchSize(" + batchSizeThatLeaves(needed) + ")"));
    }

    /** The batch size nearest to the one of the fit that leaves no smaller batch; all examples together are one. */
    private int batchSizeThatLeaves(int needed) {
        for (int away = 1; away < fit.batchSize() - 1; away++) {
            if (smallestBatch(fit.batchSize() - away) >= needed) {
                return fit.batchSize() - away;
            } else if (smallestBatch(fit.batchSize() + away) >= needed) {
                return fit.batchSize() + away;
            }
        }
        return examples;
    }

    /** The rate is a function of the step, so every rate of the run is known now. */
    private void checkRates() {
        long batches = (examples + fit.batchSize() - 1L) / fit.batchSize();
        long first = descent.steps();
        long end = first + Math.min(fit.epochs() * batches, MOST_RATES);
        for (long step = first; step < end; step++) {
            descent.rateAt(step);
        }
    }

    private void checkCheckpoints() {
        Set<Path> directories = new HashSet<>();
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (!directories.add(checkpoint.directory().path())) {
                throw new IllegalArgumentException("Two checkpoints of the fit are in " + checkpoint.directory()
                        + "\n  expected a directory for each, because they would delete each other's files"
                        + "\n  fix: give one of them another directory");
            }
            checkpoint.metric().ifPresent(metric -> requireMetric(metric, "Checkpoint.best", fit));
        }
    }

    /** Checks that results of this name will exist. */
    static void requireMetric(String metric, String who, Fit fit) {
        List<String> names = fit.metrics().stream().map(Metric::name).toList();
        if (!metric.equals(Best.LOSS) && !names.contains(metric)) {
            throw new IllegalArgumentException(
                    who + " looks at \"" + metric + "\", and the fit has no metric of that name"
                            + "\n  expected \"" + Best.LOSS + "\" or one of " + names
                            + "\n  fix: fit.metrics(...) with the metric, or name one of these");
        }
    }
}
