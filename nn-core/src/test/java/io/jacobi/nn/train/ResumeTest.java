package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Samples;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A run that died and was resumed ends as if it had not, to the bit. ResumedTrainingTest of nn-layers has layers with a memory. */
class ResumeTest {

    /** Six batches of 7 and one of 2. */
    private static final Dataset DATA = Toy.points(44);

    private static final int BATCH = 7;
    private static final int BATCHES = 7;

    @TempDir
    private Path directory;

    /** What a run has come to; the time that it took is its own affair. */
    private record End(List<Double> weights, List<List<Object>> history) {

        static End of(Sequential model, History history) {
            List<List<Object>> epochs = new ArrayList<>();
            history.epochs().forEach(e -> epochs.add(List.of(e.epoch(), e.training(), e.validation(), e.examples())));
            List<Double> weights = new ArrayList<>();
            for (double weight : Vectors.toDoubles(model.weights())) {
                weights.add(weight);
            }
            return new End(weights, epochs);
        }
    }

    private static Trainer trainer(Sequential model, Optimizer optimizer) {
        return Trainer.of(model, new SoftmaxCrossEntropy(), optimizer).threads(2);
    }

    private static Fit fit(Callback... callbacks) {
        return fit(3, callbacks);
    }

    private static Fit fit(Checkpoint checkpoint) {
        return fit().checkpoint(checkpoint);
    }

    private static Fit fit(int epochs, Callback... callbacks) {
        return epochs(epochs)
                .batchSize(BATCH)
                .validation(Toy.points(20))
                .metrics(new Accuracy())
                .callbacks(callbacks);
    }

    private static End uninterrupted(DataType type, Optimizer optimizer, Fit fit) {
        Sequential model = Toy.model(type);
        try (Trainer trainer = trainer(model, optimizer)) {
            return End.of(model, trainer.fit(DATA, fit));
        }
    }

    private End interrupted(DataType type, Optimizer optimizer, Fit fit, long death) {
        try (Trainer trainer = trainer(Toy.model(type), optimizer)) {
            Interrupted.run(trainer, DATA, fit, death);
        }
        Sequential model = Toy.model(type);
        Vectors.set(model.weights(), new double[Math.toIntExact(model.parameterCount())]);
        try (Trainer trainer = trainer(model, optimizer)) {
            return End.of(model, trainer.fit(DATA, fit.resume(directory)));
        }
    }

    static Stream<Arguments> optimizersInBothTypes() {
        return Samples.optimizers()
                .flatMap(optimizer ->
                        Stream.of(Arguments.of(optimizer, DataType.FLOAT), Arguments.of(optimizer, DataType.DOUBLE)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("optimizersInBothTypes")
    void everyOptimizerGoesOnInMidEpoch(Optimizer optimizer, DataType type) {
        Fit stored = fit(Checkpoint.in(directory).everySteps(5));

        assertThat(interrupted(type, optimizer, stored, BATCHES + 5)).isEqualTo(uninterrupted(type, optimizer, fit()));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, BATCHES, BATCHES + 1, 2 * BATCHES - 1, 2 * BATCHES, 3 * BATCHES})
    void fromEveryPositionInAnEpoch(long death) {
        Optimizer optimizer = new Adam(Schedule.warmUp(10, Schedule.cosine(0.05, 11)));

        assertThat(interrupted(
                        DataType.FLOAT, optimizer, fit(Checkpoint.in(directory).everySteps(1)), death))
                .as("stored after every step")
                .isEqualTo(uninterrupted(DataType.FLOAT, optimizer, fit()));
    }

    @Test
    void fromTheEndOfAnEpoch() {
        Optimizer optimizer = new Adam(0.05);

        assertThat(interrupted(DataType.FLOAT, optimizer, fit(Checkpoint.in(directory)), 2 * BATCHES + 3))
                .isEqualTo(uninterrupted(DataType.FLOAT, optimizer, fit()));
    }

    @Test
    void afterEveryStepAnotherDeath() {
        Optimizer optimizer = new Adam(0.05);
        Fit fit = fit(Checkpoint.in(directory).everySteps(1));
        End expected = uninterrupted(DataType.FLOAT, optimizer, fit());

        for (long step = 2; step <= 3 * BATCHES; step++) {
            try (Trainer trainer = trainer(Toy.model(DataType.FLOAT), optimizer)) {
                Fit next = fit(Checkpoint.in(directory).everySteps(1));
                Interrupted.run(trainer, DATA, step == 2 ? fit : next.resume(directory), step);
            }
        }
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = trainer(model, optimizer)) {
            assertThat(End.of(model, trainer.fit(DATA, fit().resume(directory))))
                    .isEqualTo(expected);
        }
    }

    /** Lowers the rate after every epoch without gain, of which a rate this high has many. */
    private static Callback reduce() {
        return new ReduceOnPlateau().withPatience(0).withFactor(0.5).onTrainingLoss();
    }

    @Test
    void withTheRateThatAPlateauHasLowered() {
        Optimizer optimizer = new Sgd(8).withMomentum(0.95);
        End expected = uninterrupted(DataType.DOUBLE, optimizer, fit(6, reduce()));
        assertThat(expected)
                .as("the rate was lowered in time to matter")
                .isNotEqualTo(uninterrupted(DataType.DOUBLE, optimizer, fit(6)));

        Fit stored = fit(6, reduce()).checkpoint(Checkpoint.in(directory).everySteps(3));
        assertThat(interrupted(DataType.DOUBLE, optimizer, stored, 4 * BATCHES + 2))
                .isEqualTo(expected);
    }

    @Test
    void withTheEpochsThatWereWaitedForAnEarlyEnd() {
        Optimizer optimizer = new Sgd(Schedule.exponential(1e-3, 1e-3));
        Fit fit = fit(9, new EarlyStopping(2));
        End expected = uninterrupted(DataType.FLOAT, optimizer, fit);
        assertThat(expected.history()).hasSize(4);

        Fit stored = fit.checkpoint(Checkpoint.in(directory));
        assertThat(interrupted(DataType.FLOAT, optimizer, stored, 3 * BATCHES + 1))
                .isEqualTo(expected);
        assertThat(uninterrupted(DataType.FLOAT, optimizer, stored.resume(directory)))
                .as("a run that was stopped stays so")
                .isEqualTo(expected);
    }

    @Test
    void withPenaltiesAndClippedGradients() {
        Sequential whole = Toy.model(DataType.FLOAT);
        Sequential first = Toy.model(DataType.FLOAT);
        Sequential second = Toy.model(DataType.FLOAT);
        try (Trainer a = regularized(whole);
                Trainer b = regularized(first);
                Trainer c = regularized(second)) {
            End expected = End.of(whole, a.fit(DATA, fit()));
            Fit stored = fit(Checkpoint.in(directory).everySteps(4));
            Interrupted.run(b, DATA, stored, BATCHES + 6);
            assertThat(End.of(second, c.fit(DATA, stored.resume(directory)))).isEqualTo(expected);
        }
    }

    private static Trainer regularized(Sequential model) {
        return trainer(model, new Adam(0.02)).penalties(Penalty.l2(0.01)).clip(GradientClip.norm(0.5));
    }

    @Test
    void moreEpochsThanTheFirstRunWanted() {
        Optimizer optimizer = new Adam(0.05);
        uninterrupted(DataType.FLOAT, optimizer, fit(Checkpoint.in(directory)));

        assertThat(uninterrupted(DataType.FLOAT, optimizer, fit(5).resume(directory)))
                .isEqualTo(uninterrupted(DataType.FLOAT, optimizer, fit(5)));
    }

    @Test
    void aSecondFitOfOneTrainer() {
        Optimizer optimizer = new Adam(0.05);
        Sequential whole = Toy.model(DataType.FLOAT);
        Sequential resumed = Toy.model(DataType.FLOAT);
        Fit stored = fit(Checkpoint.in(directory).everySteps(2));
        try (Trainer a = trainer(whole, optimizer);
                Trainer b = trainer(Toy.model(DataType.FLOAT), optimizer);
                Trainer c = trainer(resumed, optimizer)) {
            a.fit(DATA, fit());
            End expected = End.of(whole, a.fit(DATA, fit()));
            b.fit(DATA, fit());
            Interrupted.run(b, DATA, stored, 4 * BATCHES + 3);
            assertThat(End.of(resumed, c.fit(DATA, stored.resume(directory)))).isEqualTo(expected);
        }
    }

    @Test
    void whatACallbackOfOnesOwnRemembers() {
        Counting counting = new Counting();
        uninterrupted(DataType.FLOAT, new Sgd(0.1), fit(counting).checkpoint(Checkpoint.in(directory)));
        Counting resumed = new Counting();
        uninterrupted(DataType.FLOAT, new Sgd(0.1), fit(4, resumed).resume(directory));

        assertThat(resumed.steps).isEqualTo(4 * BATCHES);
    }

    private static final class Counting implements Callback {
        private double steps;

        @Override
        public void afterStep(Progress progress) {
            steps++;
        }

        @Override
        public Map<String, Double> state() {
            return steps == 0 ? Map.of() : Map.of("steps", steps);
        }

        @Override
        public void restore(Map<String, Double> memory) {
            steps = memory.getOrDefault("steps", Double.NaN);
        }
    }
}
