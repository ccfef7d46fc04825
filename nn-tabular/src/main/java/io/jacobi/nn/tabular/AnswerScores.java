package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.NumbersTarget;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.TargetEncoding;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.metric.RunningReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the answers for rows of a table by the cells of the target, numbers in their own unit. */
final class AnswerScores implements AutoCloseable {

    private final TargetEncoding target;
    private final RunningReport running;
    private final double[] answers;
    private final float[] codes;
    private final double[] targets;

    AnswerScores(TargetEncoding target) {
        this.target = target;
        this.running = running(target);
        this.answers = new double[target.outputs()];
        this.codes = new float[target.width()];
        this.targets = new double[target.width()];
    }

    private static RunningReport running(TargetEncoding target) {
        if (target instanceof ClassTarget classes) {
            return RunningReport.ofClasses(classes.classes());
        }
        return target instanceof LabelsTarget labels
                ? RunningReport.ofLabels(labels.columns())
                : RunningReport.ofNumbers(target.columns());
    }

    /**
     * Adds a row.
     *
     * @param cells the target's cells, as they are in the table
     * @throws TableException if a cell is missing or is not of the target's kind
     */
    void add(Answer answer, List<? extends @Nullable Object> cells) {
        target.encode(cells, codes, 0);
        for (int i = 0; i < targets.length; i++) {
            targets[i] = codes[i];
        }
        if (target instanceof NumbersTarget numbers) {
            // the codes are scaled and rounded to float
            for (int i = 0; i < targets.length; i++) {
                NumbersTarget.Column column = numbers.numbers().get(i);
                Object cell = cells.get(i);
                targets[i] = cell == null ? Double.NaN : Cell.number(column.name(), cell, column.decimalComma());
            }
        }
        add(answer);
    }

    /**
     * Adds a row of encoded targets.
     *
     * @param encoded {@link TargetEncoding#width} numbers
     */
    void addEncoded(Answer answer, float[] encoded) {
        for (int i = 0; i < targets.length; i++) {
            targets[i] = encoded[i];
        }
        if (target instanceof NumbersTarget) {
            int i = 0;
            for (double number : target.answer(encoded).numbers().values()) {
                targets[i++] = number;
            }
        }
        add(answer);
    }

    private void add(Answer answer) {
        int i = 0;
        for (double value : (target instanceof NumbersTarget ? answer.numbers() : answer.probabilities()).values()) {
            answers[i++] = value;
        }
        running.add(answers, targets);
    }

    Report report() {
        return running.report();
    }

    @Override
    public void close() {
        running.close();
    }
}
