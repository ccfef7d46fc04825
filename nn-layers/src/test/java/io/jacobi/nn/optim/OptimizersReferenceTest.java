package io.jacobi.nn.optim;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Reference;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.train.ReduceOnPlateau;
import io.jacobi.nn.train.Scripted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Optimizers, schedules, decay, penalties, clips and the callback for a plateau give PyTorch's numbers. */
class OptimizersReferenceTest {

    @Test
    void agreesWithPyTorch() {
        Reference torch = Reference.load("optimizers");

        torch.compare("adam", new Adam(0.1));
        torch.compare("adam_set", new Adam(0.1).withBetas(0.5, 0.9).withEpsilon(1e-2));
        torch.compare("adam_cosine", new Adam(Schedule.cosine(0.1, 20)));
        torch.compare("adamw", new AdamW(0.1));
        torch.compare(
                "adamw_set",
                new AdamW(0.1).withBetas(0.5, 0.9).withEpsilon(1e-2).withWeightDecay(0.5));
        torch.compare("adamw_all", new AdamW(0.1).withWeightDecay(0.5).withDecayOfAll());
        torch.compare("nadam", new Nadam(0.1));
        torch.compare(
                "nadam_set",
                new Nadam(0.1).withBetas(0.5, 0.9).withEpsilon(1e-2).withMomentumDecay(0.5));
        torch.compare("rmsprop", new RmsProp(0.1));
        torch.compare(
                "rmsprop_set", new RmsProp(0.1).withAlpha(0.5).withEpsilon(1e-2).withMomentum(0.9));
        torch.compare("adagrad", new Adagrad(0.1));
        torch.compare("adagrad_set", new Adagrad(0.1).withEpsilon(1e-2));
        torch.compare("sgd_decay", new Sgd(0.1).withMomentum(0.9).withWeightDecay(0.5));
        torch.compare("sgd_decay_all", new Sgd(0.1).withWeightDecay(0.5).withDecayOfAll());

        torch.compare("cosine_to_end", new Sgd(Schedule.cosine(0.5, 0.1, 20)));
        torch.compare("step", new Sgd(Schedule.step(0.5, 3, 0.5)));
        torch.compare("exponential", new Sgd(Schedule.exponential(0.5, 0.8)));
        torch.compare("warm_up", new Sgd(Schedule.warmUp(5, Schedule.cosine(0.5, 15))));
        torch.compare("one_cycle", new Sgd(Schedule.oneCycle(0.5, 20)));
        torch.compare("one_cycle_set", new Sgd(Schedule.oneCycle(0.5, 17, 0.45)));

        comparePenalty(torch, "l1", Penalty.l1(0.3));
        comparePenalty(torch, "l2", Penalty.l2(0.3));
        compareClip(torch, "clip_norm", GradientClip.norm(2));
        compareClip(torch, "clip_norm_of_short", GradientClip.norm(100));
        compareClip(torch, "clip_value", GradientClip.value(2));
        comparePlateau(
                torch,
                "plateau",
                new ReduceOnPlateau().withFactor(0.5).withPatience(2).withMinimum(0.2));
        comparePlateau(torch, "plateau_of_default", new ReduceOnPlateau());
        torch.assertAllUsed();
    }

    private static void comparePenalty(Reference torch, String name, Penalty penalty) {
        double[] w = torch.data(name, "weights");
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            double tolerance = type == DataType.DOUBLE ? 1e-12 : 1e-6;
            Parameter matrix = new Parameter("0.weight", Shape.of(2, w.length / 2), 0, Initializers.zeros());
            INDArray gradient = vector(type, new double[w.length]);
            double value = penalty.valueAndAddGradient(vector(type, w), List.of(matrix), gradient, new Scratch());
            assertThat(value).as(name).isCloseTo(torch.data(name, "value")[0], within(tolerance));
            assertThat(Vectors.toDoubles(gradient))
                    .as(name)
                    .containsExactly(torch.data(name, "gradient"), within(tolerance));
        }
    }

    private static void compareClip(Reference torch, String name, GradientClip clip) {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            double tolerance = type == DataType.DOUBLE ? 1e-12 : 1e-5;
            INDArray gradient = vector(type, torch.data(name, "gradient"));
            double norm = clip.apply(gradient, new Scratch());
            assertThat(norm).as(name).isCloseTo(torch.data(name, "norm")[0], within(tolerance));
            assertThat(Vectors.toDoubles(gradient))
                    .as(name)
                    .containsExactly(torch.data(name, "clipped"), within(tolerance));
        }
    }

    private static void comparePlateau(Reference torch, String name, ReduceOnPlateau callback) {
        double[] losses = torch.data(name, "losses");
        Scripted script = new Scripted(losses);
        script.fit(epochs(losses.length).callbacks(callback, script));
        assertThat(script.rateFactors()).as(name).containsExactly(torch.data(name, "rates"), within(1e-12));
    }

    private static INDArray vector(DataType type, double[] values) {
        INDArray vector = Memory.vector(type, values.length);
        Vectors.set(vector, values);
        return vector;
    }
}
