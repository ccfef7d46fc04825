package io.jacobi.nn.layers.planted;

import static io.jacobi.nn.layers.planted.AlteredPass.change;
import static io.jacobi.nn.layers.planted.AlteredPass.copy;
import static io.jacobi.nn.layers.planted.PlantedBug.DIFFERENCES;
import static io.jacobi.nn.layers.planted.PlantedBug.SCALARS;
import static io.jacobi.nn.layers.planted.PlantedBug.caughtBy;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.layers.AvgPool2d;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mistakes in convolution and pooling. */
final class ImageBugs {

    /** So few values that many windows have two equal ones. */
    private static final Initializer TIED = (values, shape, random) -> Arrays.setAll(values, i -> random.nextInt(2));

    private ImageBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                padsLess(),
                forgetsDilation(),
                forgetsToFlip(),
                forgetsAGroup(),
                givesANeighbourTheGradient(),
                takesTheLastOfEquals(),
                keepsOneOfOverlappingWindows(),
                dividesByTheCountInTheImage(),
                dividesByTheCountInTheImageBackward());
    }

    private static PlantedBug padsLess() {
        Conv2d right = new Conv2d(2, 2).withStride(3).withPadding(1);
        SpoiledLayer wrong = SpoiledLayer.of("pads by one less backward", right)
                .backward((layer, p) -> right.withPadding(0).backward(p));
        return caughtBy(DIFFERENCES, wrong, 2, 5, 5);
    }

    /** Its derivative matches its wrong output, so differences see nothing. */
    private static PlantedBug forgetsDilation() {
        Conv2d right = new Conv2d(2, 2).withStride(2).withDilation(2);
        return caughtBy(SCALARS, SpoiledLayer.of("forgets dilation", right).replaced(right.withDilation(1)), 2, 5, 5);
    }

    private static PlantedBug forgetsToFlip() {
        int kernel = 9;
        Consumer<double[]> flipped = w -> {
            double[] own = w.clone();
            Arrays.setAll(w, i -> own[i - i % kernel + kernel - 1 - i % kernel]);
        };
        // dX is a convolution with W rotated by 180°; this rotates it a second time
        SpoiledLayer wrong = SpoiledLayer.of("forgets to flip the kernel for dX", new Conv2d(3, 3).withPadding(1))
                .backward((right, p) ->
                        right.backward(AlteredPass.of(p).with("weight", copy(p.value("weight"), flipped))));
        return caughtBy(DIFFERENCES, wrong, 2, 4, 5);
    }

    private static PlantedBug forgetsAGroup() {
        SpoiledLayer wrong = SpoiledLayer.of(
                        "forgets the last group's weights",
                        new Conv2d(4, 3).withPadding(1).withGroups(2))
                .backward((right, p) -> {
                    double[] before = Vectors.toDoubles(p.gradient("weight"));
                    right.backward(p);
                    int half = before.length / 2;
                    change(p.gradient("weight"), dw -> System.arraycopy(before, half, dw, half, half));
                });
        return caughtBy(DIFFERENCES, wrong, 4, 3, 3);
    }

    private static PlantedBug givesANeighbourTheGradient() {
        SpoiledLayer wrong = SpoiledLayer.of("gives dy to the element before the largest", new MaxPool2d(2))
                .backward((right, p) -> {
                    INDArray neighbours = copy(p.saved("argmax"), at -> Arrays.setAll(at, i -> Math.max(at[i] - 1, 0)));
                    right.backward(AlteredPass.of(p).with("argmax", neighbours));
                });
        return caughtBy(DIFFERENCES, wrong, 2, 4, 5);
    }

    /** At a kink, where differences cannot decide: the scalar pass gives dy to the first of equal elements. */
    private static PlantedBug takesTheLastOfEquals() {
        int width = 6;
        SpoiledLayer wrong = SpoiledLayer.of("takes the last of equals", new MaxPool2d(1, 2, 1, 2, 0, 0))
                .forward((right, p) -> {
                    right.forward(p);
                    double[] x = Vectors.toDoubles(p.x());
                    change(
                            p.saved("argmax"),
                            at -> Arrays.setAll(at, i -> x[2 * i] == x[2 * i + 1] ? (2 * i + 1) % width : at[i]));
                });
        return caughtBy(SCALARS, wrong, 1, 1, width).inputs(TIED).with(c -> c.only(Oracle.SCALARS, Oracle.DUALS));
    }

    private static PlantedBug keepsOneOfOverlappingWindows() {
        SpoiledLayer wrong = SpoiledLayer.of("overwrites dx where windows overlap", new MaxPool2d(2).withStride(1))
                .backward((right, p) -> {
                    double[] dy = Vectors.toDoubles(p.dy());
                    double[] argmax = Vectors.toDoubles(p.saved("argmax"));
                    int plane = (int) (p.x().size(2) * p.x().size(3));
                    int positions = (int) (p.y().size(2) * p.y().size(3));
                    double[] dx = new double[(int) p.dx().length()];
                    for (int i = 0; i < dy.length; i++) {
                        dx[i / positions * plane + (int) argmax[i]] = dy[i];
                    }
                    Vectors.set(p.dx(), dx);
                });
        return caughtBy(DIFFERENCES, wrong, 2, 4, 4);
    }

    private static PlantedBug dividesByTheCountInTheImage() {
        SpoiledLayer wrong = SpoiledLayer.of("divides by what is in the image", paddedMean())
                .forward((right, p) -> {
                    right.forward(p);
                    change(p.y(), ImageBugs::undoPadding);
                })
                .backward((right, p) ->
                        right.backward(AlteredPass.of(p).with("dy", copy(p.dy(), ImageBugs::undoPadding))));
        return caughtBy(SCALARS, wrong, 2, 4, 4);
    }

    private static PlantedBug dividesByTheCountInTheImageBackward() {
        SpoiledLayer wrong = SpoiledLayer.of("divides by what is in the image, backward", paddedMean())
                .backward((right, p) ->
                        right.backward(AlteredPass.of(p).with("dy", copy(p.dy(), ImageBugs::undoPadding))));
        return caughtBy(DIFFERENCES, wrong, 2, 4, 4);
    }

    private static AvgPool2d paddedMean() {
        return new AvgPool2d(2).withPadding(1);
    }

    /** Multiplies each of 3x3 windows of 2x2 by 4 / (the number of its elements inside the image of 4x4). */
    private static void undoPadding(double[] positions) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] *= (i / 3 % 3 == 1 ? 1 : 2) * (i % 3 == 1 ? 1 : 2);
        }
    }
}
