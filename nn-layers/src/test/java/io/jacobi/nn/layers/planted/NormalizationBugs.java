package io.jacobi.nn.layers.planted;

import static io.jacobi.nn.layers.planted.AlteredPass.change;
import static io.jacobi.nn.layers.planted.PlantedBug.DIFFERENCES;
import static io.jacobi.nn.layers.planted.PlantedBug.SCALARS;
import static io.jacobi.nn.layers.planted.PlantedBug.caughtBy;

import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.math.Vectors;
import java.util.List;

/** Mistakes in batch and layer normalization. */
final class NormalizationBugs {

    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 0.3;

    private NormalizationBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                trainsOnRunningStatistics(),
                forgetsEpsilon(),
                takesStatisticsForConstants(),
                predictsByTheBatch(),
                updatesStatisticsWhenPredicting(),
                forgetsTheMeanTerm());
    }

    private static SpoiledLayer batchNorm(String mistake) {
        return SpoiledLayer.of(mistake, new BatchNorm(MOMENTUM, EPSILON));
    }

    private static PlantedBug onBatches(String claim, SpoiledLayer wrong) {
        return caughtBy(claim, wrong, 3, 2).batches(3, 4);
    }

    private static PlantedBug trainsOnRunningStatistics() {
        SpoiledLayer wrong = batchNorm("trains on running statistics")
                .forward((right, p) -> right.forward(AlteredPass.of(p).training(false)))
                .backward((right, p) -> right.backward(AlteredPass.of(p).training(false)));
        return onBatches(SCALARS, wrong);
    }

    private static PlantedBug forgetsEpsilon() {
        return onBatches(SCALARS, batchNorm("forgets epsilon").replaced(new BatchNorm(MOMENTUM, Double.MIN_NORMAL)));
    }

    private static PlantedBug takesStatisticsForConstants() {
        SpoiledLayer wrong = batchNorm("takes the statistics for constants")
                .backward((right, p) -> right.backward(AlteredPass.of(p).training(false)));
        return onBatches(DIFFERENCES, wrong);
    }

    private static PlantedBug predictsByTheBatch() {
        SpoiledLayer wrong = batchNorm("predicts by the statistics of the batch")
                .forward((right, p) -> right.forward(AlteredPass.of(p).training(true)))
                .backward((right, p) -> right.backward(AlteredPass.of(p).training(true)));
        return onBatches("a prediction does not depend on its batch", wrong);
    }

    private static PlantedBug updatesStatisticsWhenPredicting() {
        SpoiledLayer wrong = batchNorm("updates running statistics when it predicts")
                .forward((right, p) -> {
                    if (!p.training()) {
                        right.forward(AlteredPass.of(p).training(true));
                    }
                    right.forward(p);
                });
        return onBatches("predicting changes nothing but y", wrong);
    }

    private static PlantedBug forgetsTheMeanTerm() {
        int n = 5;
        SpoiledLayer wrong = SpoiledLayer.of("forgets that the mean depends on x", new LayerNorm())
                .backward((right, p) -> {
                    right.backward(p);
                    double[] dy = Vectors.toDoubles(p.dy());
                    double[] weight = Vectors.toDoubles(p.value("weight"));
                    double[] inverse = Vectors.toDoubles(p.saved("inverse_deviation"));
                    change(p.dx(), dx -> {
                        for (int row = 0; row < inverse.length; row++) {
                            double mean = 0;
                            for (int i = 0; i < n; i++) {
                                mean += weight[i] * dy[row * n + i] / n;
                            }
                            for (int i = 0; i < n; i++) {
                                dx[row * n + i] += inverse[row] * mean;
                            }
                        }
                    });
                });
        return caughtBy(DIFFERENCES, wrong, n);
    }
}
