package io.jacobi.nn.check.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.TestLosses;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every loss on batches of several tiles of scratch memory: the few rows of its check, which are right, over and over. */
class LossTilesTest {

    /** Three tiles at least, the last of which is not full. */
    private static final int TIMES = 2 * Scratch.TILE + 100;

    private static final double ROUNDING = 1e-11;

    static List<LossCheck> losses() {
        return LossChecks.all();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void repeatedRowsGiveTheSameMean(LossCheck check) {
        Evaluated few = TestLosses.evaluate(check.subject(), check.prediction(), check.target());
        Evaluated many = TestLosses.evaluate(check.subject(), repeated(check.prediction()), repeated(check.target()));

        expectRepeated(few, many);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void repeatedWeightsToo(LossCheck check) {
        double[] values = new double[(int) check.prediction().size(0)];
        Arrays.setAll(values, i -> 0.5 + i % 3);
        INDArray weights = TestArrays.vector(DataType.DOUBLE, values);
        Loss loss = check.subject();
        Evaluated few = TestLosses.evaluate(loss, check.prediction(), check.target(), weights);
        Evaluated many =
                TestLosses.evaluate(loss, repeated(check.prediction()), repeated(check.target()), repeated(weights));

        expectRepeated(few, many);
        assertThat(loss.divisor(repeated(check.target()), repeated(weights), new Scratch()))
                .isCloseTo(
                        TIMES * loss.divisor(check.target(), weights, new Scratch()),
                        within(TIMES * ROUNDING * values.length));
    }

    /** A mean is the same, and each row has that much less say. */
    private static void expectRepeated(Evaluated few, Evaluated many) {
        double[] expected = repeated(few.gradient());
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(TIMES * many.gradient()[i] - expected[i]));
        }
        assertThat(worst).as("gradient of every row").isLessThan(ROUNDING);
        assertThat(many.loss()).isCloseTo(few.loss(), within(ROUNDING * Math.max(1, Math.abs(few.loss()))));
    }

    private static INDArray repeated(INDArray rows) {
        long[] shape = rows.shape().clone();
        shape[0] *= TIMES;
        return TestArrays.of(DataType.DOUBLE, repeated(Vectors.toDoubles(rows)), shape);
    }

    private static double[] repeated(double[] values) {
        double[] all = new double[values.length * TIMES];
        Arrays.setAll(all, i -> values[i % values.length]);
        return all;
    }
}
