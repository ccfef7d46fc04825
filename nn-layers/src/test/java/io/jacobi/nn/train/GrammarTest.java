package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A character LSTM learns the {@link ReberGrammar}: given the first symbols of a string, what comes next?
 *
 * <p>The grammar itself, which knows the probabilities, has a mean loss of 0.476 on the test strings. Whoever sees one symbol cannot
 * get below 1.257, and whoever sees the last four cannot get below 0.516, because the second symbol of a string decides its last
 * but one.
 */
class GrammarTest {

    private static final int TIME = 10;
    private static final int SYMBOLS = ReberGrammar.SYMBOLS.length();
    private static final int EPOCHS = 8;
    private static final int BATCH = 32;

    /**
     * What is allowed above the grammar's own loss: half of what the last four symbols leave open. The largest excess with forty
     * seeds was 0.005.
     */
    private static final double MARGIN = 0.02;

    private static final List<ReberGrammar.Example> TRAINING = new ReberGrammar(1).examples(1000, TIME);
    private static final List<ReberGrammar.Example> TEST = new ReberGrammar(2).examples(400, TIME);

    @Test
    void lstmLearnsAllThatThereIsToLearn() {
        double possible = ReberGrammar.entropy(TEST);

        assertThat(testLoss(new Lstm(24).withForgetBias(1), TIME)).isBetween(possible - MARGIN, possible + MARGIN);
        assertThat(ReberGrammar.leastLossSeeing(4, TEST)).isGreaterThan(possible + MARGIN);
    }

    @Test
    void modelWithoutMemoryDoesItsBestAndCannot() {
        double leastLoss = ReberGrammar.leastLossSeeing(1, TEST);

        assertThat(testLoss(new Flatten(), 1)).isBetween(leastLoss, leastLoss + MARGIN);
        assertThat(leastLoss).isGreaterThan(2 * ReberGrammar.entropy(TEST));
    }

    /** The mean loss on the test strings after training {@code layer} and an Affine layer on the last {@code time} symbols. */
    private static double testLoss(Layer layer, int time) {
        Sequential model = Sequential.input(Shape.of(time, SYMBOLS))
                .add(layer)
                .add(new Affine(SYMBOLS))
                .build(DataType.FLOAT, 1);
        int steps = EPOCHS * ((TRAINING.size() + BATCH - 1) / BATCH);
        Sgd sgd = new Sgd(1).withMomentum(0.9).withRate(Schedule.cosine(0.2, steps));
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        try (Trainer trainer = Trainer.of(model, loss, sgd).threads(1)) {
            trainer.fit(ReberGrammar.dataset(TRAINING, time), epochs(EPOCHS).batchSize(BATCH));
        }
        return Evaluator.evaluate(model, loss, ReberGrammar.dataset(TEST, time), List.of())
                .loss();
    }
}
