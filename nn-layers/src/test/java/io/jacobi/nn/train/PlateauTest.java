package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks that notice when a loss no longer falls. */
class PlateauTest {

    private static int epochsUntilStop(EarlyStopping callback, double... losses) {
        return new Scripted(losses)
                .fit(epochs(losses.length).callbacks(callback))
                .epochs()
                .size();
    }

    @Test
    void stoppingBearsAsManyEpochsAsItWasTold() {
        assertThat(epochsUntilStop(new EarlyStopping(2), 3, 2, 2, 2, 2, 2)).isEqualTo(5);
        assertThat(epochsUntilStop(new EarlyStopping(0), 3, 2, 2, 2, 2, 2)).isEqualTo(3);
    }

    @Test
    void aBetterEpochBeginsTheCountingAnew() {
        assertThat(epochsUntilStop(new EarlyStopping(1), 3, 4, 2, 2.5, 1, 1.5, 1.5, 1))
                .isEqualTo(7);
    }

    @Test
    void aGainTooSmallIsNone() {
        assertThat(epochsUntilStop(new EarlyStopping(0), 1, 0.99991, 0.5)).isEqualTo(2);
        assertThat(epochsUntilStop(new EarlyStopping(0), 1, 0.9998, 0.5)).isEqualTo(3);
    }

    @Test
    void aNegativeLossMayFallFurther() {
        assertThat(epochsUntilStop(new EarlyStopping(0), -1, -1.1, -1.2, -1.20001, -2))
                .isEqualTo(4);
    }

    @Test
    void whatFallsNeverStops() {
        assertThat(epochsUntilStop(new EarlyStopping(0), 5, 4, 3, 2, 1)).isEqualTo(5);
    }

    @Test
    void theValidationLossCountsIfThereIsOne() {
        // training and validation loss by turns: the first falls, the second does not
        Scripted script = new Scripted(5, 1, 4, 1, 3, 1, 2, 1);
        assertThat(script.fit(epochs(4).validation(Scripted.ONE_EXAMPLE).callbacks(new EarlyStopping(1)))
                        .epochs())
                .hasSize(3);
    }

    @Test
    void theTrainingLossCountsIfAskedFor() {
        Scripted script = new Scripted(5, 1, 4, 1, 3, 1, 2, 1);
        assertThat(script.fit(epochs(4)
                                .validation(Scripted.ONE_EXAMPLE)
                                .callbacks(new EarlyStopping(1).onTrainingLoss()))
                        .epochs())
                .hasSize(4);

        Scripted rates = new Scripted(1, 5, 1, 4, 1, 3);
        rates.fit(epochs(3)
                .validation(Scripted.ONE_EXAMPLE)
                .callbacks(new ReduceOnPlateau().withPatience(0).onTrainingLoss(), rates));
        assertThat(rates.rateFactors()).containsExactly(1, 0.1, 0.1 * 0.1);
    }

    @Test
    void aValidationLossThatIsNotANumberIsNoGain() {
        Scripted script = new Scripted(5, Double.NaN, 4, Double.NaN, 3, 1, 2, 1);
        assertThat(script.fit(epochs(4).validation(Scripted.ONE_EXAMPLE).callbacks(new EarlyStopping(1)))
                        .epochs())
                .hasSize(2);
    }

    @Test
    void eachFitBeginsAnew() {
        EarlyStopping stopping = new EarlyStopping(0);
        assertThat(epochsUntilStop(stopping, 1, 1, 1)).isEqualTo(2);
        assertThat(epochsUntilStop(stopping, 9, 8, 8, 7)).isEqualTo(3);

        ReduceOnPlateau reduce = new ReduceOnPlateau().withPatience(1).withFactor(0.5);
        for (int fit = 0; fit < 2; fit++) {
            Scripted script = new Scripted(1, 1, 1, 1);
            script.fit(epochs(4).callbacks(reduce, script));
            assertThat(script.rateFactors()).containsExactly(1, 1, 0.5, 0.5);
        }
    }

    @Test
    void theRateNeverFallsBelowTheMinimum() {
        Scripted script = new Scripted(1, 1, 1, 1, 1);
        script.fit(epochs(5)
                .callbacks(new ReduceOnPlateau().withPatience(0).withFactor(0.5).withMinimum(0.25), script));
        assertThat(script.rateFactors()).containsExactly(1, 0.5, 0.25, 0.25, 0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, -0.5, Double.NaN})
    void theFactorLowersTheRate(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReduceOnPlateau().withFactor(factor))
                .withMessageContaining("is " + factor)
                .withMessageContaining("expected 0 < factor < 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void theMinimumIsAShare(double minimum) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReduceOnPlateau().withMinimum(minimum))
                .withMessageContaining("is " + minimum)
                .withMessageContaining("expected 0 <= minimum < 1");
    }

    @Test
    void patienceIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EarlyStopping(-1))
                .withMessageContaining("Patience is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReduceOnPlateau().withPatience(-1))
                .withMessageContaining("expected at least 0");
    }
}
