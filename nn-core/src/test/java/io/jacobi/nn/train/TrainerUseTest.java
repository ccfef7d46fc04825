package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Who uses a trainer, and when: everything else is refused, because its price would be native memory. */
class TrainerUseTest {

    private static final Dataset DATA = Toy.points(64);

    private static Sequential model() {
        return Sequential.input(Shape.of(2)).add(new Dense(2)).build(DataType.FLOAT, 1);
    }

    private static Trainer trainer(Sequential model) {
        return Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1)).threads(2);
    }

    /** Calls {@code action} after the third step. */
    private static Callback afterThreeSteps(Runnable action) {
        return new Callback() {
            @Override
            public void afterStep(Progress progress) {
                if (progress.step() == 3) {
                    action.run();
                }
            }
        };
    }

    @Test
    void aCallbackCannotTrainWithTheSameTrainer() {
        try (Trainer trainer = trainer(model())) {
            Callback nested =
                    afterThreeSteps(() -> trainer.fit(Toy.points(8), epochs(1).batchSize(4)));
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(DATA, epochs(1).batchSize(4).callbacks(nested)))
                    .withMessage("the trainer cannot fit: this thread is in its fit, which has called back"
                            + "\n  expected one call at a time"
                            + "\n  fix: wait until the other call has ended, or use another one");
            assertThat(trainer.steps()).isEqualTo(3);
            trainer.fit(DATA, epochs(1).batchSize(4));
            assertThat(trainer.steps()).as("it is free again").isEqualTo(3 + 16);
        }
    }

    @Test
    void anotherThreadCannotTrainMeanwhile() throws InterruptedException {
        try (Trainer trainer = trainer(model())) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch tried = new CountDownLatch(1);
            Callback waits = afterThreeSteps(() -> {
                inside.countDown();
                await(tried);
            });
            Thread other =
                    new Thread(() -> trainer.fit(DATA, epochs(1).batchSize(4).callbacks(waits)), "the other");
            other.start();
            await(inside);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(Toy.points(200), epochs(1).batchSize(200)))
                    .withMessageStartingWith("the trainer cannot fit: thread \"the other\" is in its fit\n");
            tried.countDown();
            other.join();
            assertThat(trainer.steps()).isEqualTo(16);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** After 14 to 95 of these, the process used to end: the memory was freed under the running step. */
    @Test
    void closingDuringAFitEndsItAfterTheStep() throws InterruptedException {
        for (int round = 0; round < 100; round++) {
            Trainer trainer = trainer(model());
            AtomicReference<Throwable> failure = new AtomicReference<>();
            CountDownLatch started = new CountDownLatch(1);
            Thread fitting = new Thread(() -> {
                try {
                    History history = trainer.fit(
                            DATA, epochs(100_000).batchSize(8).callbacks(afterThreeSteps(started::countDown)));
                    assertThat(history.epochs()).hasSizeLessThan(100_000);
                } catch (RuntimeException | AssertionError e) {
                    failure.set(e);
                }
            });
            fitting.start();
            await(started);
            trainer.close();
            fitting.join();
            if (failure.get() != null) {
                throw new AssertionError("round " + round, failure.get());
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(DATA, epochs(1)))
                    .withMessageContaining("the trainer is closed");
        }
    }

    @Test
    void anInterruptEndsAFitAfterTheStepAndTheRunCanGoOn(@TempDir Path directory) {
        Sequential whole = model();
        try (Trainer trainer = trainer(whole)) {
            trainer.fit(DATA, epochs(2).batchSize(8));
        }
        Fit stored = epochs(2).batchSize(8).checkpoint(Checkpoint.in(directory));
        try (Trainer trainer = trainer(model())) {
            Callback interrupt = new Callback() {
                @Override
                public void afterStep(Progress progress) {
                    if (progress.step() == 11) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
            History history = trainer.fit(DATA, stored.callbacks(interrupt));
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            assertThat(trainer.steps()).isEqualTo(11);
            assertThat(history.epochs()).hasSize(1);
        } finally {
            Thread.interrupted();
        }
        Sequential resumed = model();
        Callback none = new Callback() {};
        try (Trainer trainer = trainer(resumed)) {
            trainer.fit(DATA, stored.callbacks(none).resume(directory));
            assertThat(trainer.steps()).isEqualTo(16);
        }
        assertThat(resumed.weights()).isEqualTo(whole.weights());
    }

    @Test
    void anInterruptAtTheEndOfAnEpochStartsNoOther() {
        try (Trainer trainer = trainer(model())) {
            Thread.currentThread().interrupt();
            History history = trainer.fit(Toy.points(8), epochs(5).batchSize(8));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(history.epochs()).hasSize(1);
        } finally {
            Thread.interrupted();
        }
    }
}
