package io.jacobi.nn.layers.planted;

import static io.jacobi.nn.layers.planted.AlteredPass.change;
import static io.jacobi.nn.layers.planted.AlteredPass.copy;
import static io.jacobi.nn.layers.planted.PlantedBug.DIFFERENCES;
import static io.jacobi.nn.layers.planted.PlantedBug.caughtBy;

import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mistakes in recurrent layers of {@value #UNITS} units on {@value #TIME} steps. */
final class SequenceBugs {

    private static final int UNITS = 4;
    private static final int TIME = 3;
    private static final int FEATURES = 2;

    private SequenceBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                forgetsTheFirstStep(),
                takesTheWrongGate(),
                startsWhereTheLastBatchEnded(),
                savesMemory(),
                readsTheStateAfterTheStep(),
                forgetsTheResetGate(),
                forgetsABias());
    }

    private static PlantedBug onSequences(String claim, SpoiledLayer wrong) {
        return caughtBy(claim, wrong, TIME, FEATURES);
    }

    private static PlantedBug forgetsTheFirstStep() {
        Consumer<double[]> rest = dy -> {
            for (int start = 0; start < dy.length; start += TIME * UNITS) {
                Arrays.fill(dy, start, start + UNITS, 0);
            }
        };
        return onSequences(
                DIFFERENCES,
                SpoiledLayer.of("forgets dy of the first step", new Lstm(UNITS).withAllStates())
                        .backward((right, p) -> right.backward(AlteredPass.of(p).with("dy", copy(p.dy(), rest)))));
    }

    private static PlantedBug takesTheWrongGate() {
        Consumer<double[]> swapped = gates -> {
            double[] own = gates.clone();
            // i, f, g, o: the first and the last change places
            Arrays.setAll(gates, k -> switch (k / UNITS % 4) {
                case 0 -> own[k + 3 * UNITS];
                case 3 -> own[k - 3 * UNITS];
                default -> own[k];
            });
        };
        return onSequences(
                DIFFERENCES,
                SpoiledLayer.of("takes the output gate for the input gate backward", new Lstm(UNITS))
                        .backward((right, p) ->
                                right.backward(AlteredPass.of(p).with("gates", copy(p.saved("gates"), swapped)))));
    }

    private static PlantedBug startsWhereTheLastBatchEnded() {
        double[] carried = new double[UNITS];
        return onSequences(
                "the same seed gives the same result",
                SpoiledLayer.of("starts from the state that the last batch left", new Lstm(UNITS))
                        .forward((right, p) -> {
                            // a state that is the same for all steps is part of a bias
                            INDArray bias = copy(p.value("bias_hh_l0"), b -> {
                                for (int k = 0; k < UNITS; k++) {
                                    b[k] += carried[k];
                                }
                            });
                            right.forward(AlteredPass.of(p).with("bias_hh_l0", bias));
                            System.arraycopy(Vectors.toDoubles(p.y()), 0, carried, 0, UNITS);
                        }));
    }

    private static PlantedBug savesMemory() {
        return onSequences(
                "backward twice gives the same result, to the bit",
                SpoiledLayer.of("writes da where the gates are", new Lstm(UNITS))
                        .backward((right, p) -> {
                            right.backward(p);
                            Vectors.set(p.saved("gates"), Vectors.toDoubles(p.saved("da")));
                        }));
    }

    private static PlantedBug readsTheStateAfterTheStep() {
        return onSequences(
                DIFFERENCES,
                SpoiledLayer.of("reads the state after a step for the one before", new Gru(UNITS).withAllStates())
                        .backward((right, p) -> right.backward(AlteredPass.of(p).with("previous_h", p.y()))));
    }

    private static PlantedBug forgetsTheResetGate() {
        return onSequences(
                DIFFERENCES,
                SpoiledLayer.of("forgets the reset gate in the gradient of a bias", new Gru(UNITS))
                        .backward((right, p) -> {
                            double[] before = Vectors.toDoubles(p.gradient("bias_ih_l0"));
                            double[] own = Vectors.toDoubles(p.gradient("bias_hh_l0"));
                            right.backward(p);
                            double[] after = Vectors.toDoubles(p.gradient("bias_ih_l0"));
                            change(
                                    p.gradient("bias_hh_l0"),
                                    db -> Arrays.setAll(db, k -> own[k] + after[k] - before[k]));
                        }));
    }

    private static PlantedBug forgetsABias() {
        return onSequences(
                DIFFERENCES,
                SpoiledLayer.of("forgets a bias in what the reset gate multiplies", new Gru(UNITS))
                        .backward((right, p) -> {
                            double[] bias = Vectors.toDoubles(p.value("bias_hh_l0"));
                            INDArray q = copy(p.saved("q"), a -> Arrays.setAll(a, k -> a[k] - bias[k % bias.length]));
                            right.backward(AlteredPass.of(p).with("q", q));
                        }));
    }
}
