package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.data.Dataset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitTest {

    @Test
    void startsFromEpochsAlone() {
        Fit fit = epochs(5);

        assertThat(fit.epochs()).isEqualTo(5);
        assertThat(fit.batchSize()).as("the default of Keras").isEqualTo(32);
        assertThat(fit.shuffleSeed()).isEmpty();
        assertThat(fit.validation()).isEmpty();
        assertThat(fit.metrics()).isEmpty();
        assertThat(fit.callbacks()).isEmpty();
        assertThat(fit.checkpoints()).isEmpty();
        assertThat(fit.resume()).isEmpty();
    }

    @Test
    void everySettingKeepsTheOthers() {
        Dataset data = Toy.points(2);
        Callback first = new Callback() {};
        Callback second = new Callback() {};
        Metric metric = new Accuracy();
        Checkpoint often = Checkpoint.in(Path.of("often"));
        Checkpoint seldom = Checkpoint.in(Path.of("seldom"));

        Fit fit = epochs(5)
                .callbacks(first)
                .checkpoint(often)
                .resume(Path.of("before"))
                .metrics(metric)
                .validation(data)
                .shuffleSeed(7)
                .batchSize(3)
                .checkpoint(seldom)
                .callbacks(second);

        assertThat(fit.epochs()).isEqualTo(5);
        assertThat(fit.batchSize()).isEqualTo(3);
        assertThat(fit.shuffleSeed()).contains(7L);
        assertThat(fit.validation()).containsSame(data);
        assertThat(fit.metrics()).containsExactly(metric);
        assertThat(fit.callbacks()).as("callbacks add up").containsExactly(first, second);
        assertThat(fit.checkpoints()).as("checkpoints add up").containsExactly(often, seldom);
        assertThat(fit.resume()).contains(Path.of("before"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void epochsAndBatchesAreAtLeastOne(int n) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epochs(n))
                .withMessage("The number of epochs is " + n + "\n  expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epochs(1).batchSize(n))
                .withMessage("The batch size is " + n + "\n  expected at least 1");
    }
}
