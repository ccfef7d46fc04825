package io.jacobi.nn.layers.nested;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.Checkable;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.junit.GradientTests;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.layers.check.ScalarLayers;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that users make of others pass every claim: alone, inside each other, and in networks as they are trained. */
class NestedLayersTest implements GradientTests {

    private static final Gate GATE = new Gate(new Affine(3), List.of(new Affine(3), new Sigmoid()));

    private static final ScalarLayers TWINS =
            ScalarLayers.with(Gate.class, Gate::scalars).and(Attention.class, Attention::scalars);

    @Override
    public List<Checkable> checks() {
        return Stream.concat(layers().stream(), networks().stream()).toList();
    }

    private static List<LayerCheck> layers() {
        return List.of(
                on(GATE, 5),
                on(new Gate(Chain.of(new Affine(2), new Dropout(0.4)), List.of(new Affine(2), new Tanh())), 3),
                on(new Gate(new BatchNorm(), List.of(new Sigmoid())), 3).batches(3, 5),
                on(Residual.of(GATE, new Affine(5)), 5),
                on(new Attention(2, 3), 3, 2),
                on(new Attention(1, 1), 2, 1),
                on(Chain.of(new Affine(6), new Reshape(3, 2), new Attention(2, 2)), 4));
    }

    private static LayerCheck on(Layer layer, long... input) {
        return GradientCheck.of(layer).input(Shape.of(input)).scalars(TWINS.twin(layer));
    }

    /** As the first layer that trains, whose dx nothing needs; behind others; and twice. */
    private static List<NetworkCheck> networks() {
        return List.of(
                network(Shape.of(5), GATE, new Affine(2)),
                network(Shape.of(5), new Affine(5), GATE, GATE, new Affine(2)),
                network(Shape.of(3, 2), new Attention(2, 3), GATE, new Affine(2)));
    }

    private static NetworkCheck network(Shape input, Layer... layers) {
        Sequential.Builder builder = Sequential.input(input);
        Stream.of(layers).forEach(builder::add);
        Sequential model = builder.build(DataType.DOUBLE, 3);
        INDArray features = drawn(input.withBatch(7));
        INDArray targets = drawn(model.outputShape().withBatch(7));
        return GradientCheck.of(model, new MeanSquaredError())
                .data(ArrayDataset.of(features, targets))
                .scalars(TWINS.twin(Chain.of(layers)));
    }

    private static INDArray drawn(long... shape) {
        double[] values = new double[Math.toIntExact(Shape.of(shape).size())];
        Initializers.normal(0, 1).fill(values, Shape.of(shape), new SplittableRandom(shape.length));
        return Vectors.of(DataType.DOUBLE, values, shape);
    }

    @Test
    void everyOracleIsAsked() {
        for (LayerCheck check : layers()) {
            assertThat(check.report().tensors())
                    .as(check.toString())
                    .extracting(tensor -> tensor.oracle())
                    .contains(Oracle.DIFFERENCES, Oracle.FIVE_POINT, Oracle.SCALARS, Oracle.DUALS);
        }
    }

    @Test
    void parametersAreNamedAsAPyTorchModulesAre() {
        Sequential model =
                Sequential.input(Shape.of(5)).add(new Affine(5)).add(GATE).build(DataType.FLOAT, 1);

        assertThat(model.parameters())
                .extracting(Parameter::path)
                .containsExactly("0.weight", "0.bias", "1.a.weight", "1.a.bias", "1.b.0.weight", "1.b.0.bias");
    }

    @Test
    void anAffineInsideThatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> Sequential.input(Shape.of(2, 2)).add(GATE).build(DataType.FLOAT, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(": Branch \"a\", Affine(3): the input does not fit")
                .hasMessageContaining("received [2, 2] from the layer that declares it\n")
                .hasMessageContaining("put a Flatten before it");
    }

    @Test
    void aGateOfAnotherShapeSaysWhichLayerItIs() {
        Gate uneven = new Gate(new Affine(3), List.of(new Affine(4)));
        assertThatThrownBy(() -> Sequential.input(Shape.of(5))
                        .add(new Tanh())
                        .add("gate", uneven)
                        .build(DataType.FLOAT, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Layer 2 of 2, Gate[")
                .hasMessageContaining("\"gate\": both sides of a gate are multiplied")
                .hasMessageContaining("received [4]\n");
    }

    /** {@link Gate} without its couplesExamples. */
    private record Silent(Gate gate) implements Layer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            return gate.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            gate.forward(p);
        }

        @Override
        public void backward(Pass p) {
            gate.backward(p);
        }
    }

    @Test
    void aLayerThatHidesABatchNormIsRefused() {
        Layer silent = new Silent(new Gate(new BatchNorm(), List.of(new Sigmoid())));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sequential.input(Shape.of(5)).add(silent).build(DataType.FLOAT, 1))
                .withMessageContaining("couples no examples, and BatchNorm")
                .withMessageContaining("fix: override it in Silent");
    }
}
