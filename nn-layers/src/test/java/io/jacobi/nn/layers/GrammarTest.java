package io.jacobi.nn.layers;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Sequential;
import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Evaluator;
import io.jacobi.nn.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Character models learn the {@link ReberGrammar}: given the first symbols of a string, what comes next?
 *
 * <p>The least mean loss that is possible on the test strings is the grammar's own, 0.476. Whoever sees the last symbol only cannot
 * get below 1.27, and whoever sees the last four cannot get below 0.516: the second symbol of a string decides its last but one.
 */
class GrammarTest {

    private static final int TIME = 10;
    private static final int SYMBOLS = ReberGrammar.SYMBOLS.length();
    private static final int EPOCHS = 6;
    private static final int BATCH = 32;

    /** What is allowed above the grammar's own loss: half of what the last four symbols leave open. Eighteen other seeds of 18 end
     * within 0.005. */
    private static final double MARGIN = 0.02;

    private static final List<ReberGrammar.Example> TRAINING = new ReberGrammar(1).examples(1000, TIME);
    private static final List<ReberGrammar.Example> TEST = new ReberGrammar(2).examples(400, TIME);

    static List<Layer> recurrent() {
        return List.of(new Lstm(24).withForgetBias(1), new Gru(24));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recurrent")
    void recurrentModelLearnsAllThatThereIsToLearn(Layer layer) {
        double possible = ReberGrammar.entropy(TEST);

        assertThat(testLoss(layer, TIME)).isBetween(possible - MARGIN, possible + MARGIN);
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
                .build(DataType.FLOAT, Long.getLong("seed", 1));
        int steps = EPOCHS * ((TRAINING.size() + BATCH - 1) / BATCH);
        Sgd sgd = new Sgd(1).withMomentum(0.9).withRate(Schedule.cosine(0.2, steps));
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        try (Trainer trainer = Trainer.of(model, loss, sgd).threads(1)) {
            trainer.fit(ReberGrammar.dataset(TRAINING, time), epochs(EPOCHS).batchSize(BATCH));
        }
        double r = Evaluator.evaluate(model, loss, ReberGrammar.dataset(TEST, time), List.of())
                .loss();
        System.out.println(
                "RR " + layer + " " + (r - ReberGrammar.entropy(TEST)) + " " + ReberGrammar.leastLossSeeing(1, TEST)
                        + " " + ReberGrammar.leastLossSeeing(4, TEST) + " " + ReberGrammar.entropy(TEST));
        return r;
    }
}
