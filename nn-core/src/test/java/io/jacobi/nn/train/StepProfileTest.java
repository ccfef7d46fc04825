package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The counts of a profiled trainer: operations and steps are exact, and times are positive. */
class StepProfileTest {

    private static final int EXAMPLES = 12;

    private final Sequential model = Toy.model(DataType.FLOAT);

    private Trainer trainer() {
        return Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1));
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void countsTheArithmeticOfEveryProduct(int threads) {
        try (Trainer trainer = trainer().threads(threads).profiled()) {
            trainer.fit(Toy.points(EXAMPLES), epochs(5).batchSize(EXAMPLES));
            StepProfile profile = trainer.profile();

            assertThat(profile.steps()).isEqualTo(5);
            assertThat(profile.threads()).isEqualTo(threads);
            // 2 to 8 and 8 to 2: one product forward; backward one for the weight, and one for dx, which the first
            // layer spares
            double product = 2d * EXAMPLES * 2 * 8;
            assertThat(profile.layers())
                    .extracting(layer -> layer.forward().operations() / 5)
                    .containsExactly(product, 0d, product);
            assertThat(profile.layers())
                    .extracting(layer -> layer.backward().operations() / 5)
                    .containsExactly(product, 0d, 2 * product);
        }
    }

    @Test
    void everyPartOfAStepTakesTime() {
        try (Trainer trainer = trainer().threads(1).profiled()) {
            trainer.fit(Toy.points(EXAMPLES), epochs(3).batchSize(4));
            StepProfile profile = trainer.profile();

            assertThat(profile.layers()).allSatisfy(layer -> {
                assertThat(layer.forward().nanos()).isPositive();
                assertThat(layer.backward().nanos()).isPositive();
                assertThat(layer.total().productNanos())
                        .isLessThanOrEqualTo(layer.total().nanos());
            });
            assertThat(profile.others())
                    .extracting(StepProfile.Other::name)
                    .containsExactly("data", "loss", "gradients", "optimizer");
            assertThat(profile.others())
                    .allSatisfy(
                            other -> assertThat(other.nanos()).as(other.name()).isPositive());
            assertThat(profile.productShare()).isBetween(0d, 1d);
            assertThat(profile.nanos()).as("parts of the whole").isLessThanOrEqualTo((long) (1e9 * profile.seconds()));
        }
    }

    @Test
    void continuesCountingWhenALargerBatchNeedsOtherBuffers() {
        try (Trainer trainer = trainer().threads(1).profiled()) {
            trainer.fit(Toy.points(4), epochs(1).batchSize(4));
            trainer.fit(Toy.points(8), epochs(1).batchSize(8));

            assertThat(trainer.profile().steps()).isEqualTo(2);
            assertThat(trainer.profile().layers().get(0).forward().operations()).isEqualTo(2d * (4 + 8) * 2 * 8);
        }
    }

    @Test
    void doesNotChangeTheTraining() {
        Sequential twin = model.copy();
        try (Trainer profiled = trainer().threads(2).profiled();
                Trainer plain = Trainer.of(twin, new SoftmaxCrossEntropy(), new Sgd(0.1))
                        .threads(2)) {
            profiled.fit(Toy.points(EXAMPLES), epochs(3).batchSize(5));
            plain.fit(Toy.points(EXAMPLES), epochs(3).batchSize(5));
        }
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(Vectors.toDoubles(twin.weights()));
    }

    @Test
    void survivesTheTrainer() {
        Trainer trainer = trainer().threads(1).profiled();
        trainer.fit(Toy.points(EXAMPLES), epochs(1).batchSize(4));
        String before = trainer.profile().toString();
        trainer.close();

        assertThat(trainer.profile()).hasToString(before);
    }

    @Test
    void printsALineForEachLayerAndEachOtherPart() {
        try (Trainer trainer = trainer().threads(1).profiled()) {
            trainer.fit(Toy.points(EXAMPLES), epochs(1).batchSize(4));

            assertThat(trainer.profile().toString().lines())
                    .anySatisfy(line -> assertThat(line).startsWith("3 steps on 1 thread, "))
                    .anySatisfy(line -> assertThat(line).startsWith("  Dense(8) "))
                    .anySatisfy(line -> assertThat(line).startsWith("  optimizer "))
                    .anySatisfy(line -> assertThat(line).startsWith("products take "));
        }
    }

    @Test
    void requiresAProfiledTrainerAndAStep() {
        try (Trainer plain = trainer();
                Trainer idle = trainer().profiled()) {
            plain.fit(Toy.points(4), epochs(1).batchSize(4));

            assertThatIllegalStateException()
                    .isThrownBy(plain::profile)
                    .withMessageContaining("fix: train with trainer.profiled()");
            assertThatIllegalStateException()
                    .isThrownBy(idle::profile)
                    .withMessageContaining("the trainer has made no step");
        }
    }
}
