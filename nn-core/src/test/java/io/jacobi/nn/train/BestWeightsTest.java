package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Checkpoint.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The weights of the best epoch, kept in memory. */
class BestWeightsTest {

    private Sequential model = Toy.model(DataType.FLOAT);
    private final List<double[]> weights = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    @TempDir
    private Path directory;

    /** A fifth of the labels are wrong: the loss rises when the model becomes sure of the others. */
    private static ArrayDataset validation() {
        int[] labels = Toy.labels(30);
        for (int i = 0; i < labels.length; i += 5) {
            labels[i] = 1 - labels[i];
        }
        return ArrayDataset.of(Toy.features(30), labels);
    }

    private History fit(Fit fit) {
        Callback log = new Callback() {
            @Override
            public void afterEpoch(Progress p, EpochResult result) {
                weights.add(Vectors.toDoubles(p.model().weights()));
                losses.add(result.validation().orElse(result.training()).loss());
            }
        };
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.05)).threads(1)) {
            return trainer.fit(
                    Toy.points(10),
                    fit.batchSize(5)
                            .validation(validation())
                            .metrics(new Accuracy())
                            .callbacks(log));
        }
    }

    private int lowest() {
        int lowest = 0;
        for (int i = 1; i < losses.size(); i++) {
            lowest = losses.get(i) < losses.get(lowest) ? i : lowest;
        }
        return lowest;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void areThoseOfTheEpochWithTheLowestLoss(DataType type) {
        model = Toy.model(type);
        BestWeights best = BestWeights.by("loss", Mode.MIN);
        fit(epochs(8).callbacks(best));

        assertThat(lowest())
                .as("an epoch in the middle, so that the test can fail")
                .isBetween(1, 6);
        assertThat(best.epoch()).isEqualTo(lowest() + 1);
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights.get(7));
        best.putInto(model);
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights.get(lowest()));
    }

    @Test
    void earlyStoppingPutsThemBack() {
        fit(epochs(20).callbacks(new EarlyStopping(2).restoringBest()));

        assertThat(losses).as("it stops").hasSizeLessThan(20);
        assertThat(lowest()).isLessThan(losses.size() - 1);
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights.get(lowest()));
    }

    @Test
    void earlyStoppingPutsThemBackAlsoWhenTheEpochsEnd() {
        fit(epochs(8).callbacks(new EarlyStopping(100).restoringBest()));

        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights.get(lowest()));
    }

    @Test
    void earlyStoppingLeavesTheLastOnesUnlessItIsAsked() {
        fit(epochs(20).callbacks(new EarlyStopping(2)));

        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights.get(weights.size() - 1));
    }

    @Test
    void theLastCheckpointHasTheLastWeights() {
        fit(epochs(8).callbacks(new EarlyStopping(100).restoringBest()).checkpoint(Checkpoint.in(directory)));

        model = Toy.model(DataType.FLOAT);
        fit(epochs(8).callbacks(new EarlyStopping(100)).resume(directory));
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights.get(7));
    }

    @Test
    void aRunThatIsResumedIsRefused() {
        fit(epochs(1).checkpoint(Checkpoint.in(directory)));
        for (Callback callback : List.of(new EarlyStopping(2).restoringBest(), BestWeights.by("loss", Mode.MIN))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fit(epochs(2).callbacks(callback).resume(directory)))
                    .withMessageContainingAll(
                            "keeps the best weights in memory", "fix: ", "Checkpoint.in(directory).best");
        }
    }

    @Test
    void thereAreNoneWithoutAnEpoch() {
        assertThatIllegalStateException()
                .isThrownBy(() -> BestWeights.by("loss", Mode.MIN).putInto(model))
                .withMessageContainingAll("No best weights are kept", "fix: ");
    }

    @Test
    void theyFitNoModelOfAnotherType() {
        BestWeights best = BestWeights.by("accuracy", Mode.MAX);
        fit(epochs(1).callbacks(best));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> best.putInto(Toy.model(DataType.DOUBLE)))
                .withMessageContaining("expected 42 doubles");
    }
}
