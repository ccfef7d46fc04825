package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Reference;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What PyTorch's {@code weight_decay=d} is here, and what it is not. */
class WeightDecayReferenceTest {

    /** Half of the decay of the recorded runs. */
    private static final double LAMBDA = 0.25;

    private static final Optional<GradientClip> NO_CLIP = Optional.empty();
    private static final Optional<GradientClip> CLIP = Optional.of(GradientClip.norm(1));

    private final Reference torch = Reference.load("weight_decay");

    /** The largest difference of a weight from the recorded one in any step. */
    private double difference(String name, Optimizer optimizer, List<Penalty> penalties, Optional<GradientClip> clip) {
        double[] start = torch.data(name, "start");
        double[] gradients = torch.data(name, "gradients");
        double[] expected = torch.data(name, "weights");
        double[] rates = torch.data(name, "rates");
        int n = start.length;
        int bias = (int) torch.data(name, "bias")[0];
        List<Parameter> parameters = List.of(
                new Parameter("0.weight", Shape.of(1, n - bias), 0, Initializers.zeros()),
                new Parameter("0.bias", Shape.of(bias), n - bias, Initializers.zeros()));
        INDArray weights = vector(start);
        Stepper stepper = optimizer.start(weights, parameters);
        double worst = 0;
        for (int step = 0; step < rates.length; step++) {
            // in the trainer's order: penalties, clip, step
            INDArray gradient = vector(Arrays.copyOfRange(gradients, step * n, (step + 1) * n));
            penalties.forEach(p -> p.valueAndAddGradient(weights, parameters, gradient, new Scratch()));
            clip.ifPresent(c -> c.apply(gradient, new Scratch()));
            stepper.step(gradient, rates[step]);
            double[] now = Vectors.toDoubles(weights);
            for (int i = 0; i < n; i++) {
                worst = Math.max(worst, Math.abs(now[i] - expected[step * n + i]));
            }
        }
        return worst;
    }

    private static INDArray vector(double[] values) {
        INDArray vector = Memory.vector(DataType.DOUBLE, values.length);
        Vectors.set(vector, values);
        return vector;
    }

    @Test
    void itIsThePenaltyOfAllParametersIfNothingIsClipped() {
        Sgd sgd = new Sgd(0.1).withMomentum(0.9);
        List<Penalty> ofAll = List.of(Penalty.l2(LAMBDA).ofAll());
        assertThat(difference("sgd", sgd, ofAll, NO_CLIP)).isLessThan(1e-12);
        assertThat(difference("adam", new Adam(0.1), ofAll, NO_CLIP)).isLessThan(1e-12);

        assertThat(difference("sgd", sgd, List.of(Penalty.l2(LAMBDA)), NO_CLIP))
                .as("without the biases")
                .isGreaterThan(0.1);
        assertThat(difference("sgd_clipped", sgd, ofAll, CLIP))
                .as("with the penalty inside the clip")
                .isGreaterThan(0.1);
    }

    @Test
    void withoutMomentumItIsDecoupledDecayOfAllAlsoBehindAClip() {
        Sgd plain = new Sgd(0.1).withWeightDecay(2 * LAMBDA).withDecayOfAll();
        assertThat(difference("plain_sgd_clipped", plain, List.of(), CLIP)).isLessThan(1e-12);

        Sgd momentum = plain.withMomentum(0.9);
        assertThat(difference("sgd_clipped", momentum, List.of(), CLIP))
                .as("with momentum")
                .isGreaterThan(0.1);
    }
}
