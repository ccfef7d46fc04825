package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** A run that is resumed for more epochs than it was planned for, with a schedule over all of its steps. */
class MoreEpochsTest {

    /** The steps of an epoch. */
    private static final int STEPS = 2;

    @TempDir
    private Path directory;

    private final Sequential model = Toy.model(DataType.DOUBLE);

    private History train(Sequential trained, Schedule schedule, Fit fit) {
        try (Trainer trainer = Trainer.of(trained, new SoftmaxCrossEntropy(), new Sgd(schedule, 0, false))
                .threads(1)) {
            return trainer.fit(Toy.points(10), fit.batchSize(5));
        }
    }

    private static Schedule cosine(int epochs) {
        return Schedule.cosine(0.1, (long) epochs * STEPS);
    }

    @BeforeEach
    void trainForTwoEpochs() {
        train(model, cosine(2), epochs(2).checkpoint(Checkpoint.in(directory)));
    }

    @Test
    void theRestFollowsTheScheduleOfTheNewNumberOfSteps() {
        Sequential resumed = Toy.model(DataType.DOUBLE);
        History history = train(resumed, cosine(4), epochs(4).resume(directory));

        // the rates of the rule: steps 0 to 3 over 4 steps, steps 4 to 7 over 8
        Sequential expected = Toy.model(DataType.DOUBLE);
        train(expected, step -> (step < 4 ? cosine(2) : cosine(4)).rateAt(step), epochs(4));

        assertThat(Vectors.toDoubles(resumed.weights())).isEqualTo(Vectors.toDoubles(expected.weights()));
        assertThat(Vectors.toDoubles(resumed.weights())).isNotEqualTo(Vectors.toDoubles(model.weights()));
        assertThat(history.warnings())
                .singleElement()
                .asString()
                .contains("spread over another number of steps", "steps=4", "steps=8", "keep their rates");
    }

    @Test
    void oneCycleMayBeSpreadAnewToo() {
        Path other = directory.resolve("other");
        train(Toy.model(DataType.DOUBLE), Schedule.oneCycle(0.1, 8), epochs(2).checkpoint(Checkpoint.in(other)));

        assertThat(train(
                                Toy.model(DataType.DOUBLE),
                                Schedule.oneCycle(0.1, 12),
                                epochs(3).resume(other))
                        .epochs())
                .hasSize(3);
    }

    @Test
    void anyOtherChangeOfTheScheduleIsRefused() {
        refuses(Schedule.cosine(0.2, 8));
        refuses(Schedule.cosine(0.1, 0.01, 8));
        refuses(Schedule.constant(0.1));
        refuses(Schedule.warmUp(3, cosine(4)));
    }

    private void refuses(Schedule schedule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        train(Toy.model(DataType.DOUBLE), schedule, epochs(4).resume(directory)))
                .withMessageContaining("optimizer: expects Sgd[rate=CosineRate[start=0.1, end=0.0, steps=4]");
    }
}
