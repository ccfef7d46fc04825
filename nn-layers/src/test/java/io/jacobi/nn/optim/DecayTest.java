package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weight decay means the weights, and neither biases nor what belongs to a normalization, whatever their rank. */
class DecayTest {

    private static Sequential model(Layer layer, Shape input) {
        return Sequential.input(input).add(layer).build(DataType.DOUBLE, 1);
    }

    private static List<String> decaying(Layer layer, long... input) {
        return model(layer, Shape.of(input)).parameters().stream()
                .filter(Parameter::decays)
                .map(Parameter::path)
                .toList();
    }

    @Test
    void weightsDecayAndBiasesDoNot() {
        assertThat(decaying(new Affine(3), 5)).containsExactly("0.weight");
        assertThat(decaying(new Conv2d(3, 3), 2, 5, 5)).containsExactly("0.weight");
        assertThat(decaying(new Embedding(4, 3), 2)).containsExactly("0.weight");
        assertThat(decaying(new Lstm(2), 4, 3)).containsExactly("0.weight_ih_l0", "0.weight_hh_l0");
        assertThat(decaying(new Gru(2), 4, 3)).containsExactly("0.weight_ih_l0", "0.weight_hh_l0");
    }

    @Test
    void nothingOfANormalizationDecays() {
        assertThat(decaying(new BatchNorm(), 3, 4, 4)).isEmpty();
        assertThat(decaying(new LayerNorm(), 3, 4)).isEmpty();
        assertThat(decaying(new LayerNorm().overWholeExample(), 3, 4, 4)).isEmpty();
        assertThat(decaying(Chain.of(new LayerNorm().overWholeExample(), new Flatten(), new Affine(2)), 3, 4))
                .containsExactly("0.2.weight");
    }

    @Test
    void aStepWithoutAGradientShrinksTheWeightsAlone() {
        Sequential model = model(
                Chain.of(new LayerNorm().overWholeExample(), new Flatten(), new Affine(2).withoutBias()),
                Shape.of(3, 4));
        double[] scale = Vectors.toDoubles(model.value("0.0.weight"));
        double[] weight = Vectors.toDoubles(model.value("0.2.weight"));
        INDArray zeros = Memory.vector(DataType.DOUBLE, model.parameterCount());

        new AdamW(0.1).start(model.weights(), model.parameters()).step(zeros, 0.1);

        assertThat(Vectors.toDoubles(model.value("0.0.weight"))).containsExactly(scale);
        for (int i = 0; i < weight.length; i++) {
            assertThat(Math.abs(Vectors.toDoubles(model.value("0.2.weight"))[i]))
                    .isLessThan(Math.abs(weight[i]));
        }
    }
}
