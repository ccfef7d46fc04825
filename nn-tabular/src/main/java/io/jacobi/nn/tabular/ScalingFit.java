package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.NumberTransform;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableException;

/** Fits the scaling of numbers to those of the training rows, with the values of scikit-learn's scalers. */
final class ScalingFit {

    private ScalingFit() {}

    /** The scaling of a column of numbers, after its transform. */
    static Scaling of(Column.Numeric column, ColumnProfile found) {
        NumberSample numbers = column.transform() == NumberTransform.IDENTITY
                ? found.numbers()
                : found.numbers().map(column.transform()::apply);
        return of(column.name(), numbers, column.scaling(), found.trainingMissing());
    }

    /**
     * The scaling of numbers. A missing one counts as the median, which outliers do not move.
     *
     * @param indicator whether a feature says that the number is missing
     * @throws TableException if there is no number, or if they are too large
     */
    static Scaling of(String column, NumberSample numbers, ScalingMethod method, boolean indicator) {
        if (numbers.count() == 0) {
            throw new TableException(
                    "the column " + TableException.quote(column) + " has no number in the training rows",
                    "a column of numbers",
                    "declare it as ignored or as categorical");
        }
        double shift = switch (method) {
            case STANDARD -> numbers.mean();
            case MIN_MAX -> numbers.min();
            case ROBUST -> numbers.quantile(0.5);
            case NONE -> 0;
        };
        double scale = switch (method) {
            case STANDARD -> numbers.deviation();
            case MIN_MAX -> numbers.max() - numbers.min();
            case ROBUST -> numbers.quantile(0.75) - numbers.quantile(0.25);
            case NONE -> 1;
        };
        if (!Double.isFinite(shift) || !Double.isFinite(scale)) {
            throw new TableException(
                    "the numbers of the column " + TableException.quote(column) + " are too large to be scaled: from "
                            + numbers.min() + " to " + numbers.max(),
                    "numbers whose squares are finite",
                    "use another unit, or a logarithm");
        }
        // a column of equal numbers says nothing, whatever it is divided by
        return new Scaling(shift, scale > 0 ? scale : 1, numbers.quantile(0.5), indicator);
    }
}
