package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adagrad;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.AdamW;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Nadam;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.RmsProp;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A trainer with every optimizer, with penalties and with clipped gradients. */
class RegularizedTrainingTest {

    private static final ArrayDataset SPIRALS = spirals(200);

    /** Two arms around each other: no straight line separates them. */
    private static ArrayDataset spirals(int size) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] points = new float[size][];
        int[] arms = new int[size];
        for (int i = 0; i < size; i++) {
            arms[i] = i % 2;
            double radius = random.nextDouble(0.3, 2);
            double angle = 4 * radius + arms[i] * Math.PI;
            points[i] = new float[] {(float) (radius * Math.cos(angle)), (float) (radius * Math.sin(angle))};
        }
        return ArrayDataset.of(points, arms);
    }

    private static Sequential model(DataType type) {
        return Sequential.input(Shape.of(2))
                .add(new Affine(16))
                .add(new Tanh())
                .add(new Affine(16))
                .add(new Tanh())
                .add(new Affine(2))
                .build(type, 1);
    }

    private static double[] weightsAfter(int steps, Trainer trainer, Sequential model) {
        List<double[]> weights = new ArrayList<>();
        Callback watch = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                if (progress.step() == steps) {
                    weights.add(Vectors.toDoubles(model.weights()));
                    progress.stop();
                }
            }
        };
        try (trainer) {
            trainer.fit(SPIRALS, epochs(1 + steps).batchSize(200).callbacks(watch));
        }
        return weights.get(0);
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(Schedule.oneCycle(1, 400)).withNesterov(0.9).withWeightDecay(1e-4),
                new RmsProp(1e-2),
                new Adagrad(0.3),
                new Adam(Schedule.cosine(3e-2, 400)),
                new AdamW(Schedule.warmUp(20, Schedule.cosine(3e-2, 380))),
                new Nadam(3e-2));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerLearnsTheSpirals(Optimizer optimizer) {
        Sequential model = model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), optimizer)
                .threads(2)
                .clip(GradientClip.norm(5))) {
            History history = trainer.fit(SPIRALS, epochs(100).batchSize(50));
            assertThat(history.epochs().get(0).training().loss()).isGreaterThan(0.5);
            assertThat(history.last().training().loss()).isLessThan(0.1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void penaltiesAreAddedToTheLoss(DataType type) {
        Sequential model = model(type);
        double squares = Arrays.stream(Vectors.toDoubles(model.weights()))
                .map(w -> w * w)
                .sum();
        double absolutes =
                Arrays.stream(Vectors.toDoubles(model.weights())).map(Math::abs).sum();
        List<Double> losses = new ArrayList<>();
        Callback watch = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                losses.add(progress.loss());
            }
        };
        // the biases start at 0 and add nothing; at such a rate nothing moves
        Trainer plain = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(1e-30));
        try (plain;
                Trainer penalized = plain.penalties(Penalty.l2(0.1), Penalty.l1(0.01))) {
            plain.fit(SPIRALS, epochs(1).batchSize(200).callbacks(watch));
            penalized.fit(SPIRALS, epochs(1).batchSize(200).callbacks(watch));
        }
        assertThat(losses.get(1) - losses.get(0)).isCloseTo(0.1 * squares + 0.01 * absolutes, within(1e-6));
    }

    @Test
    void withoutMomentumHalfTheDecayAsAPenaltyIsTheDecay() {
        Sequential decayed = model(DataType.DOUBLE);
        Sequential penalized = model(DataType.DOUBLE);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        double[] byDecay = weightsAfter(5, Trainer.of(decayed, loss, new Sgd(0.1).withWeightDecay(0.2)), decayed);
        double[] byPenalty =
                weightsAfter(5, Trainer.of(penalized, loss, new Sgd(0.1)).penalties(Penalty.l2(0.1)), penalized);

        assertThat(byDecay).containsExactly(byPenalty, within(1e-14));
    }

    @Test
    void underAdamAPenaltyIsNotADecay() {
        Sequential decayed = model(DataType.DOUBLE);
        Sequential penalized = model(DataType.DOUBLE);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        double[] byDecay = weightsAfter(5, Trainer.of(decayed, loss, new AdamW(0.01).withWeightDecay(0.2)), decayed);
        double[] byPenalty =
                weightsAfter(5, Trainer.of(penalized, loss, new Adam(0.01)).penalties(Penalty.l2(0.1)), penalized);

        double[] difference = new double[byDecay.length];
        Arrays.setAll(difference, i -> Math.abs(byDecay[i] - byPenalty[i]));
        assertThat(Arrays.stream(difference).max().orElseThrow()).isGreaterThan(0.01);
    }

    @Test
    void clippingShortensTheStepAndTellsTheNorm() {
        Sequential free = model(DataType.DOUBLE);
        Sequential clipped = model(DataType.DOUBLE);
        double[] start = Vectors.toDoubles(free.weights());
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        Trainer plain = Trainer.of(free, loss, new Sgd(1));
        Trainer clipping = Trainer.of(clipped, loss, new Sgd(1)).clip(GradientClip.norm(0.01));
        double[] long1 = weightsAfter(1, plain, free);
        double[] short1 = weightsAfter(1, clipping, clipped);

        assertThat(plain.gradientNorm()).isCloseTo(distance(start, long1), within(1e-12));
        assertThat(clipping.gradientNorm()).isCloseTo(distance(start, long1), within(1e-12));
        assertThat(distance(start, short1)).isCloseTo(0.01, within(1e-5));
    }

    /** Whatever the optimizer does, and whenever it is asked for; NaN without a gradient. */
    @Test
    void theNormIsToldWithoutAClipToo() {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        for (Optimizer optimizer : List.of(
                new Sgd(0.1).withMomentum(0.9).withWeightDecay(0.1),
                new Adam(0.01),
                new AdamW(0.01),
                new RmsProp(0.01).withMomentum(0.5))) {
            Sequential model = model(DataType.DOUBLE);
            Sequential same = model(DataType.DOUBLE);
            try (Trainer plain = Trainer.of(model, loss, optimizer).penalties(Penalty.l2(0.1));
                    Trainer clipping = Trainer.of(same, loss, optimizer)
                            .penalties(Penalty.l2(0.1))
                            .clip(GradientClip.norm(1e9))) {
                assertThat(plain.gradientNorm()).isNaN();
                List<Double> norms = new ArrayList<>();
                Callback asking = new Callback() {
                    @Override
                    public void afterStep(Progress progress) {
                        norms.add(progress.gradientNorm());
                    }
                };
                plain.fit(SPIRALS, epochs(1).batchSize(70).callbacks(asking));
                clipping.fit(SPIRALS, epochs(1).batchSize(70));

                assertThat(norms).hasSize(3).doesNotHaveDuplicates();
                assertThat(plain.gradientNorm())
                        .as("%s", optimizer)
                        .isEqualTo(clipping.gradientNorm())
                        .isEqualTo(norms.get(2));
            }
        }
    }

    @Test
    void penaltiesAreClippedToo() {
        Sequential model = model(DataType.DOUBLE);
        double[] start = Vectors.toDoubles(model.weights());
        Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(1))
                .penalties(Penalty.l2(1000))
                .clip(GradientClip.value(0.5));
        double[] after = weightsAfter(1, trainer, model);

        double[] moved = new double[start.length];
        Arrays.setAll(moved, i -> Math.abs(after[i] - start[i]));
        assertThat(Arrays.stream(moved).max().orElseThrow()).isCloseTo(0.5, within(1e-12));
        assertThat(trainer.gradientNorm()).isGreaterThan(1000);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
