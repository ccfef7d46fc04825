package io.jacobi.nn.layers.planted;

import static io.jacobi.nn.layers.planted.AlteredPass.change;
import static io.jacobi.nn.layers.planted.AlteredPass.copy;
import static io.jacobi.nn.layers.planted.PlantedBug.DIFFERENCES;
import static io.jacobi.nn.layers.planted.PlantedBug.caughtBy;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Concat;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mistakes in layers that belong to no family. */
final class OtherBugs {

    private OtherBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                keepsOneOfRepeatedWords(),
                takesTheDiagonalOfTheJacobian(),
                forgetsTheShortcut(),
                forgetsABranch(),
                writesDxIntoDy(),
                masksByTheGradient(),
                differentiatesTheApproximation(),
                keepsItsFirstWeights());
    }

    private static PlantedBug keepsOneOfRepeatedWords() {
        int vocabulary = 4;
        int dimensions = 3;
        Initializer words = (values, shape, random) -> Arrays.setAll(values, i -> random.nextInt(vocabulary));
        SpoiledLayer wrong = SpoiledLayer.of(
                        "overwrites the gradient of a repeated word", new Embedding(vocabulary, dimensions))
                .backward((right, p) -> {
                    double[] before = Vectors.toDoubles(p.gradient("weight"));
                    double[] dy = Vectors.toDoubles(p.dy());
                    right.backward(p);
                    double[] word = Vectors.toDoubles(p.x());
                    change(p.gradient("weight"), dw -> {
                        for (int i = 0; i < dy.length; i++) {
                            int row = (int) word[i / dimensions];
                            int at = row * dimensions + i % dimensions;
                            dw[at] = before[at] + dy[i];
                        }
                    });
                });
        return caughtBy(DIFFERENCES, wrong, 6).inputs(words).with(check -> check.parametersOnly());
    }

    private static PlantedBug takesTheDiagonalOfTheJacobian() {
        SpoiledLayer wrong = SpoiledLayer.of("takes the diagonal of its Jacobian for all of it", new Softmax())
                .backward((right, p) -> {
                    double[] y = Vectors.toDoubles(p.y());
                    double[] dy = Vectors.toDoubles(p.dy());
                    Arrays.setAll(dy, i -> y[i] * (1 - y[i]) * dy[i]);
                    Vectors.set(p.dx(), dy);
                });
        return caughtBy(DIFFERENCES, wrong, 5);
    }

    private static PlantedBug forgetsTheShortcut() {
        SpoiledLayer wrong = SpoiledLayer.of("forgets the shortcut's gradient", Residual.of(new Affine(3), new Tanh()))
                .backward((right, p) -> {
                    right.backward(p);
                    Vectors.addScaled(p.scratch(), -1, p.dy(), p.dx());
                });
        return caughtBy(DIFFERENCES, wrong, 3);
    }

    private static PlantedBug forgetsABranch() {
        SpoiledLayer wrong = SpoiledLayer.of("leaves a branch out of dx", Concat.of(new Affine(2), new Tanh()))
                .backward((right, p) -> {
                    right.backward(p);
                    Vectors.addScaled(p.scratch(), -1, p.branch("1").dx(), p.dx());
                });
        return caughtBy(DIFFERENCES, wrong, 3);
    }

    private static PlantedBug writesDxIntoDy() {
        SpoiledLayer wrong = SpoiledLayer.of("takes dy for its own and writes dx there", new Tanh())
                .backward((right, p) -> {
                    right.backward(AlteredPass.of(p).with("dx", p.dy()));
                    Vectors.copy(p.scratch(), p.dy(), p.dx());
                });
        return caughtBy("backward leaves x, y, dy and the weights alone", wrong, 5);
    }

    private static PlantedBug masksByTheGradient() {
        SpoiledLayer wrong = SpoiledLayer.of("lets through what is positive in dy", new Relu())
                .backward((right, p) -> {
                    INDArray positive = copy(p.dy(), dy -> Arrays.setAll(dy, i -> Math.max(dy[i], 0)));
                    right.backward(AlteredPass.of(p).with("y", positive));
                });
        return caughtBy("backward is linear in dy", wrong, 2, 3);
    }

    private static PlantedBug differentiatesTheApproximation() {
        SpoiledLayer wrong = SpoiledLayer.of("differentiates its approximation by tanh", new Gelu())
                .backward((right, p) -> Gelu.tanh().backward(p));
        return caughtBy(DIFFERENCES, wrong, 7);
    }

    /** Correct until the first step of an optimizer. */
    private static PlantedBug keepsItsFirstWeights() {
        AtomicReference<double[]> first = new AtomicReference<>(new double[0]);
        SpoiledLayer wrong = SpoiledLayer.of("keeps the first weights that it saw backward", new Affine(5))
                .backward((right, p) -> {
                    if (first.get().length == 0) {
                        first.set(Vectors.toDoubles(p.value("weight")));
                    }
                    INDArray kept = copy(p.value("weight"), w -> System.arraycopy(first.get(), 0, w, 0, w.length));
                    right.backward(AlteredPass.of(p).with("weight", kept));
                });
        return caughtBy("gradients follow the weights", wrong, 5);
    }
}
