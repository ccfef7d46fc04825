package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.scalar.ScalarLosses;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gradient check for every loss of nn-core, with each form of target that it takes and each of its hyperparameters.
 * Each compares with differences and the scalar twin, with weights and without, and at large predictions. The tests run
 * them, and so does {@code jacobi gradcheck}.
 */
public final class LossChecks {

    private static final Shape NUMBER = Shape.of();
    private static final Shape CLASSES = Shape.of(4);
    private static final double[] PREDICTIONS = {1, -2, 0.5, 0.3, 0.1, 3, -1.5, 0.7, 2.2, -0.4, 0, 1.1};

    /** Log-probabilities need not be normalized: the losses that take them have a gradient everywhere. */
    private static final double[] LOGS = {-1, -0.7, -2, -3, -0.1, -0.5, -4, -1.1, -0.9, -2.5, -0.2, -5};

    /** No error is 0, where the absolute error has its kink, or 1 or 0.3, where Huber's curvature jumps. */
    private static final double[] NUMBERS = {0.2, -1.3, 0.5001, 2, -3, 1, 0, 0.9, 2.1, 4, -0.2, 0};

    private static final double[] SHARES = {0.2, 1, 0.5, 0, 1, 0.9, 0, 0.3, 0.1, 1, 0, 0.6};
    private static final double[] ROWS = {0.1, 0.2, 0.3, 0.4, 0, 0, 1, 0, 0.5, 0, 0, 0.5};
    private static final double[] INDICES = {2, 0, 3};
    private static final double[] CLASS_WEIGHTS = {1, 2, 0.5, 0.1};

    /** The second example has the class whose weight is 0. */
    private static final double[] IGNORED_CLASS = {0, 2, 0.5, 0.1};

    private LossChecks() {}

    /** All checks, in alphabetical order. */
    public static List<LossCheck> all() {
        return Stream.of(elementwise(), likelihoods(), crossEntropies())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(check -> check.subject().getClass().getSimpleName()))
                .toList();
    }

    private static List<LossCheck> elementwise() {
        return List.of(
                elementwise(new BinaryCrossEntropy(), CLASSES, SHARES),
                elementwise(new BinaryCrossEntropy(3.5), Shape.of(3, 2), SHARES),
                elementwise(new Huber(), CLASSES, NUMBERS),
                elementwise(new Huber(0.3), Shape.of(2, 2), NUMBERS),
                elementwise(new MeanAbsoluteError(), CLASSES, NUMBERS),
                elementwise(new MeanAbsoluteError(), Shape.of(2, 3), NUMBERS),
                elementwise(new MeanSquaredError(), CLASSES, NUMBERS),
                elementwise(new MeanSquaredError(), Shape.of(2, 3, 2), NUMBERS),
                on(new MeanSquaredError(), Shape.of(1), PREDICTIONS).target(NUMBER, NUMBERS));
    }

    private static List<LossCheck> likelihoods() {
        NegativeLogLikelihood likelihood = new NegativeLogLikelihood();
        return Stream.concat(
                        Stream.of(on(new KullbackLeibler(), CLASSES, LOGS).target(CLASSES, ROWS)),
                        Stream.of(
                                        likelihood,
                                        likelihood.withClassWeights(CLASS_WEIGHTS),
                                        likelihood.withClassWeights(IGNORED_CLASS),
                                        likelihood.ignoreIndex(0))
                                .map(loss -> on(loss, CLASSES, LOGS).target(INDICES)))
                .toList();
    }

    /**
     * With and without label smoothing, class weights, a class that is ignored, and rows of probabilities in place of
     * indices.
     */
    private static List<LossCheck> crossEntropies() {
        SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
        SoftmaxCrossEntropy smoothed = new SoftmaxCrossEntropy(0.1);
        return Stream.of(
                        plain,
                        plain.withClassWeights(CLASS_WEIGHTS),
                        plain.withClassWeights(IGNORED_CLASS),
                        plain.ignoreIndex(0),
                        smoothed,
                        smoothed.withClassWeights(CLASS_WEIGHTS).ignoreIndex(3),
                        smoothed.withClassWeights(CLASS_WEIGHTS))
                .map(loss -> on(loss, CLASSES, PREDICTIONS).shiftInvariant())
                .flatMap(check -> Stream.of(check.target(INDICES), check.target(CLASSES, ROWS)))
                .toList();
    }

    private static LossCheck elementwise(Loss loss, Shape outputs, double[] targets) {
        return on(loss, outputs, PREDICTIONS).target(outputs, targets);
    }

    private static LossCheck on(Loss loss, Shape outputs, double[] predictions) {
        return GradientCheck.of(loss)
                .prediction(outputs, predictions)
                .scalars(ScalarLosses.of(loss))
                .finiteUpTo(1e3);
    }
}
