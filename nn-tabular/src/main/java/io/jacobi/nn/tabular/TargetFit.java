package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.NumbersTarget;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.TargetEncoding;

/** Fits the encoding of what is to be predicted: the classes of all rows, and the scaling of the training rows' numbers. */
final class TargetFit {

    /** A confusion matrix of so many takes 32 MB; a target with more is a name or a number rather than a class. */
    private static final int MAX_CLASSES = 2000;

    private final TableProfile profile;

    TargetFit(TableProfile profile) {
        this.profile = profile;
    }

    TargetEncoding fit(Target target) {
        if (target instanceof Target.Classes classes) {
            return classes(classes.column());
        } else if (target instanceof Target.Labels labels) {
            return new LabelsTarget(labels.columns());
        } else if (target instanceof Target.Numbers numbers) {
            return new NumbersTarget(
                    numbers.numbers().stream().map(this::number).toList());
        }
        throw new IllegalArgumentException(target + " has no encoding");
    }

    private NumbersTarget.Column number(Column.Numeric number) {
        Scaling scaling = ScalingFit.of(number, profile.column(number.name()));
        return new NumbersTarget.Column(
                number.name(), number.transform(), scaling.shift(), scaling.scale(), number.decimalComma());
    }

    private ClassTarget classes(String column) {
        ColumnProfile found = profile.column(column);
        CategoryFit.requireCounted(column, found);
        if (found.values().size() > MAX_CLASSES) {
            throw new TableException(
                    profile.table().name() + ": the target " + TableException.quote(column) + " has "
                            + found.values().size() + " classes",
                    "at most " + MAX_CLASSES,
                    "choose another target, join rare classes, or predict a number");
        }
        found.values().counts().forEach((text, count) -> {
            if (count.rows() == 1) {
                TableException single = new TableException(
                        "column " + TableException.quote(column) + ": the class " + TableException.quote(text)
                                + " has this row alone",
                        "at least two rows of each class, one to learn from and one to judge",
                        "remove the row, join the class to another, or predict a number");
                throw RowPlace.in(profile.table(), count.first(), single);
            }
        });
        return new ClassTarget(column, found.values().sorted());
    }
}
