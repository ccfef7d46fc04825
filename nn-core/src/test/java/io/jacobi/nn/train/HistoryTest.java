package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static EpochResult epoch(int number, double seconds) {
        Evaluation training = new Evaluation(0.21543, Map.of("accuracy", 0.93451));
        return new EpochResult(number, training, Optional.empty(), seconds, 1000);
    }

    private static History of(double... seconds) {
        return new History(IntStream.range(0, seconds.length)
                .mapToObj(i -> epoch(i + 1, seconds[i]))
                .toList());
    }

    @Test
    void oneSlowEpochDoesNotChangeTheMedianSpeed() {
        assertThat(of(0.5, 1, 100).samplesPerSecond()).isEqualTo(1000);
        assertThat(of(100, 0.5, 1, 1).samplesPerSecond())
                .as("the mean of the middle two")
                .isEqualTo(1000);
        assertThat(of(0.25).samplesPerSecond()).isEqualTo(4000);
    }

    @Test
    void theLastEpochIsTheLast() {
        assertThat(of(1, 1, 1).last().epoch()).isEqualTo(3);
    }

    @Test
    void isOneLineForEachEpoch() {
        EpochResult validated = new EpochResult(
                2,
                new Evaluation(0.1, Map.of()),
                Optional.of(new Evaluation(0.10711, Map.of("accuracy", 0.5))),
                0.001,
                1234);

        assertThat(new History(List.of(epoch(1, 0.5), validated))).hasToString("""
                epoch 1  loss 0.2154  accuracy 0.9345  2,000 samples/s
                epoch 2  loss 0.1000  validation loss 0.1071  validation accuracy 0.5000  1,234,000 samples/s""");
    }

    @Test
    void cannotBeChangedThroughItsList() {
        List<EpochResult> epochs = Arrays.asList(epoch(1, 1), epoch(2, 1));
        History history = new History(epochs);
        epochs.set(1, epoch(9, 1));

        assertThat(history.last().epoch()).isEqualTo(2);
    }

    @Test
    void theErrorForAnUnknownMetricListsTheMetrics() {
        Evaluation evaluation = epoch(1, 1).training();

        assertThat(evaluation.metric("accuracy")).isEqualTo(0.93451);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.metric("recall"))
                .withMessage("There is no metric \"recall\"; there are [accuracy]");
    }
}
