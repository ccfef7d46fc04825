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

/** Compares in one precision with a recorded case. */
public record RecordedComparison(Recorded recorded, DataType type) {

    /** What is left of 16 digits when sums are taken in another order. */
    private static final double DOUBLE_TOLERANCE = 1e-10;

    /** The same of 7 digits, where x and the parameters were rounded as well. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** One claim in double and one in float. */
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

    /** Every element of an array, its error measured against the largest element: the small ones are what sums cancel to. */
    public TensorResult of(String tensor, String array, double[] actual) {
        double[] expected = recorded.values(array);
        double tolerance = type == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
        return new Comparison(Oracle.RECORDED, tolerance)
                .of(tensor, recorded.shape(array), actual, expected, Comparison.largest(expected));
    }
}
