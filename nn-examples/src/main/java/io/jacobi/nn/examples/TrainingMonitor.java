package io.jacobi.nn.examples;

import io.jacobi.nn.train.Callback;
import io.jacobi.nn.train.EpochResult;
import io.jacobi.nn.train.Evaluation;
import io.jacobi.nn.train.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Prints a line for each epoch, or for one of several if there are many, and on a terminal shows a progress bar during the
 * epoch.
 */
final class TrainingMonitor implements Callback {

    private static final int UPDATE_MILLIS = 200;

    /** The most epochs of a run that have a line each, and about the number of lines of a longer run. */
    private static final int MOST_LINES = 30;

    private final PrintWriter out;
    private final String heldOut;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private @Nullable String unprinted;

    private TrainingMonitor(PrintWriter out, String heldOut, boolean terminal) {
        this.out = out;
        this.heldOut = heldOut;
        this.terminal = terminal;
    }

    /**
     * Returns a monitor that shows a progress bar if this process writes to a terminal.
     *
     * @param heldOut what the examples are called that are not trained with, such as test
     */
    static TrainingMonitor on(PrintWriter out, String heldOut) {
        return new TrainingMonitor(out, heldOut, Terminal.isAttached());
    }

    @Override
    public void afterStep(Progress progress) {
        if (terminal) {
            // not created at the start of the epoch: a run may be resumed in the middle of one
            bar = Objects.requireNonNullElseGet(bar, () -> bar(progress));
            bar.stepTo(progress.batch());
            bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", progress.loss()));
        }
    }

    private static ProgressBar bar(Progress progress) {
        return new ProgressBarBuilder()
                .setTaskName("epoch " + progress.epoch() + "/" + progress.epochs())
                .setInitialMax(progress.batches())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void afterEpoch(Progress progress, EpochResult result) {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        String line = line(progress, result);
        int every = (progress.epochs() + MOST_LINES - 1) / MOST_LINES;
        boolean due = progress.epoch() == 1 || progress.epoch() % every == 0 || progress.epoch() == progress.epochs();
        unprinted = due ? null : line;
        if (due) {
            out.println(line);
            out.flush();
        }
    }

    /** The last line of a run that was stopped early. */
    @Override
    public void afterRun(Progress progress) {
        if (unprinted != null) {
            out.println(unprinted);
            out.flush();
        }
    }

    private String line(Progress progress, EpochResult result) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "epoch %d/%d", progress.epoch(), progress.epochs()));
        append(line, "training", result.training());
        result.validation().ifPresent(evaluation -> append(line, heldOut, evaluation));
        return line.append(String.format(Locale.ROOT, "  %,.0f samples/s", result.samplesPerSecond()))
                .toString();
    }

    private static void append(StringBuilder line, String set, Evaluation evaluation) {
        line.append(String.format(Locale.ROOT, "  %s loss %.4f", set, evaluation.loss()));
        evaluation.metrics().forEach((name, value) -> line.append(String.format(Locale.ROOT, " %s %.4f", name, value)));
    }
}
