package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepPlanTest {

    @ParameterizedTest
    @CsvSource({
        // rows, batch, epochs, weight decay
        "100, 16, 300, 1",
        "1000, 20, 60, 1",
        "10000, 200, 60, 1",
        "200000, 512, 7, 0.5",
        "1000000, 512, 3, 0.1"
    })
    void followsTheNumberOfRows(int rows, int batch, int epochs, double decay) {
        StepPlan plan = StepPlan.of(TabularTraining.DEFAULTS, rows);
        assertThat(plan).isEqualTo(new StepPlan(epochs, batch, rows, decay));
    }

    @Test
    void settingsComeFirst() {
        TabularTraining settings =
                TabularTraining.DEFAULTS.withBatchSize(10).withEpochs(7).withWeightDecay(0);
        StepPlan plan = StepPlan.of(settings, 101);
        assertThat(plan).isEqualTo(new StepPlan(7, 10, 101, 0));
        assertThat(plan.total()).isEqualTo(7 * 11);
    }

    @Test
    void patienceIsATenthOfTheEpochs() {
        assertThat(new StepPlan(300, 16, 100, 1).patience()).isEqualTo(30);
        assertThat(new StepPlan(10, 16, 100, 1).patience()).isEqualTo(5);
    }
}
