package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class CallbackTest {

    private final List<String> log = new ArrayList<>();
    private final Sequential model = Toy.model(DataType.FLOAT);

    private History fit(Fit fit) {
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1)).threads(2)) {
            return trainer.fit(Toy.points(10), fit.batchSize(6));
        }
    }

    /** Logs each call, under this name. */
    private final class Logging implements Callback {
        private final String name;

        Logging(String name) {
            this.name = name;
        }

        @Override
        public void beforeEpoch(Progress p) {
            log.add(name + ": before epoch " + p.epoch() + " of " + p.epochs());
        }

        @Override
        public void afterStep(Progress p) {
            log.add(name + ": step " + p.step() + ", batch " + p.batch() + " of " + p.batches());
        }

        @Override
        public void afterEpoch(Progress p, EpochResult result) {
            log.add(name + ": after epoch " + result.epoch() + ", " + result.examples() + " examples");
        }
    }

    @Test
    void areCalledInOrderAroundEpochsAndSteps() {
        fit(epochs(2).callbacks(new Logging("a"), new Logging("b")));

        assertThat(log)
                .containsExactly(
                        "a: before epoch 1 of 2",
                        "b: before epoch 1 of 2",
                        "a: step 1, batch 1 of 2",
                        "b: step 1, batch 1 of 2",
                        "a: step 2, batch 2 of 2",
                        "b: step 2, batch 2 of 2",
                        "a: after epoch 1, 10 examples",
                        "b: after epoch 1, 10 examples",
                        "a: before epoch 2 of 2",
                        "b: before epoch 2 of 2",
                        "a: step 3, batch 1 of 2",
                        "b: step 3, batch 1 of 2",
                        "a: step 4, batch 2 of 2",
                        "b: step 4, batch 2 of 2",
                        "a: after epoch 2, 10 examples",
                        "b: after epoch 2, 10 examples");
    }

    @Test
    void seeTheModelAndTheLossOfTheLastStep() {
        List<Double> losses = new ArrayList<>();
        fit(epochs(1).callbacks(new Callback() {
            @Override
            public void beforeEpoch(Progress p) {
                assertThat(p.model()).isSameAs(model);
                assertThat(p.loss()).as("before the first step").isNaN();
            }

            @Override
            public void afterStep(Progress p) {
                losses.add(p.loss());
            }
        }));

        assertThat(losses).hasSize(2).allMatch(Double::isFinite);
        assertThat(losses.get(0)).isNotEqualTo(losses.get(1));
    }

    @Test
    void stopAfterAStepEndsTheRunThere() {
        History history = fit(epochs(5).callbacks(new Logging("a"), new Callback() {
            @Override
            public void afterStep(Progress p) {
                if (p.step() == 3) {
                    p.stop();
                }
            }
        }));

        assertThat(history.epochs()).hasSize(2);
        assertThat(history.last().examples())
                .as("the second epoch's first batch")
                .isEqualTo(6);
        assertThat(log).endsWith("a: step 3, batch 1 of 2", "a: after epoch 2, 6 examples");
    }

    @Test
    void stopAfterAnEpochEndsTheRunThere() {
        History history = fit(epochs(5).callbacks(new Callback() {
            @Override
            public void afterEpoch(Progress p, EpochResult result) {
                p.stop();
            }
        }));

        assertThat(history.epochs()).hasSize(1);
        assertThat(history.last().examples()).isEqualTo(10);
    }

    @Test
    void eachEpochHasItsValidation() {
        History history = fit(epochs(2).validation(Toy.points(20)).metrics(new Accuracy()));

        assertThat(history.epochs())
                .allSatisfy(epoch -> assertThat(epoch.validation())
                        .hasValueSatisfying(
                                v -> assertThat(v.metric("accuracy")).isBetween(0.0, 1.0)));
        assertThat(fit(epochs(1)).last().validation()).isEmpty();
    }
}
