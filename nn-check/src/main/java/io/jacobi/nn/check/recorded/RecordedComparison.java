package io.jacobi.nn.check.recorded;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/** Compares with a recorded case in one precision. */
public record RecordedComparison(Recorded recorded, DataType type) {

    /** The digits of 16 that remain when sums are taken in another order. */
    private static final double DOUBLE_TOLERANCE = 1e-10;

    /** The digits of 7 that remain, where x and the parameters were rounded as well. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** Returns one claim in double and one in float. */
    public static List<Claim> claims(
            Recorded recorded, int batch, Function<RecordedComparison, List<TensorResult>> experiment) {
        return List.of(
                claim(new RecordedComparison(recorded, DataType.DOUBLE), batch, experiment),
                claim(new RecordedComparison(recorded, DataType.FLOAT), batch, experiment));
    }

    private static Claim claim(
            RecordedComparison comparison, int batch, Function<RecordedComparison, List<TensorResult>> experiment) {
        String name = "recorded values of " + comparison.recorded.name() + " in "
                + comparison.type.name().toLowerCase(Locale.ROOT);
        return Claim.of(name, batch, Oracle.RECORDED, () -> Evidence.of(experiment.apply(comparison)));
    }

    /**
     * Compares every element of an array. Errors are measured against the largest element, because small elements are
     * the result of cancellation in sums.
     */
    public TensorResult of(String tensor, String array, double[] actual) {
        double[] expected = recorded.values(array);
        double tolerance = type == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
        return new Comparison(Oracle.RECORDED, tolerance)
                .of(tensor, recorded.shape(array), actual, expected, Comparison.largest(expected));
    }
}
