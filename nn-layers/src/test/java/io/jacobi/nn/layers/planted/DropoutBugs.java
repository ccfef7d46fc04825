package io.jacobi.nn.layers.planted;

import static io.jacobi.nn.layers.planted.AlteredPass.copy;
import static io.jacobi.nn.layers.planted.PlantedBug.DIFFERENCES;
import static io.jacobi.nn.layers.planted.PlantedBug.SCALARS;
import static io.jacobi.nn.layers.planted.PlantedBug.caughtBy;

import io.jacobi.nn.Pass;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Mistakes in dropout, whose forward pass is random, another in each step, and none when predicting. */
final class DropoutBugs {

    private static final double RATE = 0.5;

    private DropoutBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                drawsAgainBackward(),
                forgetsTheScale(),
                drawsTheSameEachStep(),
                forgetsItsPlaceInTheBatch(),
                dropsWhenPredicting(),
                keepsItsMask());
    }

    private static PlantedBug on(String claim, SpoiledLayer wrong) {
        return caughtBy(claim, wrong, 9);
    }

    private static SpoiledLayer dropout(String mistake) {
        return SpoiledLayer.of(mistake, new Dropout(RATE));
    }

    private static PlantedBug drawsAgainBackward() {
        SpoiledLayer wrong = dropout("draws its mask again backward").backward((right, p) -> {
            right.forward(AlteredPass.of(p).key(p.key() + 1).with("y", copy(p.y(), y -> {})));
            right.backward(p);
        });
        return on(DIFFERENCES, wrong);
    }

    private static PlantedBug forgetsTheScale() {
        SpoiledLayer wrong = dropout("does not scale what it keeps")
                .forward((right, p) -> {
                    right.forward(p);
                    Vectors.scale(p.scratch(), unscaled(p), p.y());
                })
                .backward((right, p) -> {
                    right.backward(p);
                    Vectors.scale(p.scratch(), unscaled(p), p.dx());
                });
        return on(SCALARS, wrong);
    }

    private static double unscaled(Pass p) {
        return p.training() ? 1 - RATE : 1;
    }

    private static PlantedBug drawsTheSameEachStep() {
        SpoiledLayer wrong = dropout("draws the same mask each step")
                .forward((right, p) -> right.forward(AlteredPass.of(p).key(7)));
        return on("random numbers are drawn anew in each step", wrong);
    }

    private static PlantedBug forgetsItsPlaceInTheBatch() {
        SpoiledLayer wrong = dropout("forgets where in the batch its examples are")
                .forward((right, p) -> right.forward(AlteredPass.of(p).firstExample(0)));
        return on("a batch is its examples, one by one", wrong);
    }

    private static PlantedBug dropsWhenPredicting() {
        SpoiledLayer wrong = dropout("drops when it predicts")
                .forward((right, p) -> right.forward(AlteredPass.of(p).training(true)))
                .backward((right, p) -> right.backward(AlteredPass.of(p).training(true)));
        return on("a prediction does not depend on its batch", wrong);
    }

    /** In a field, as it were: of two workspaces the mask is that of the latest. */
    private static PlantedBug keepsItsMask() {
        AtomicReference<double[]> mask = new AtomicReference<>(new double[0]);
        SpoiledLayer wrong = dropout("keeps its mask for itself")
                .forward((right, p) -> {
                    right.forward(p);
                    mask.set(p.training() ? Vectors.toDoubles(p.saved("mask")) : mask.get());
                })
                .backward((right, p) -> {
                    boolean fits = mask.get().length == p.x().length();
                    right.backward(AlteredPass.of(p).with("mask", copy(p.saved("mask"), m -> {
                        System.arraycopy(mask.get(), 0, m, 0, fits ? m.length : 0);
                    })));
                });
        return on("nothing is kept between calls", wrong);
    }
}
