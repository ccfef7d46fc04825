package io.jacobi.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxExportTest {

    @TempDir
    private Path directory;

    /** y = (x + shift) · factor, as a layer that a user might write. */
    private record Scale(double factor) implements Layer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            d.parameter("shift", input, Initializers.constant(0.5));
            return input;
        }

        @Override
        public void forward(Pass p) {
            throw new AssertionError("an export must not run the layer");
        }

        @Override
        public void backward(Pass p) {
            throw new AssertionError("an export must not run the layer");
        }
    }

    private static Value export(Scale layer, LayerGraph g) {
        return g.apply("Mul", g.apply("Add", g.x(), g.weight("shift")), g.constant(layer.factor()));
    }

    private static Sequential model(Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(2));
        Stream.of(layers).forEach(builder::add);
        return builder.build(DataType.FLOAT, 1);
    }

    private static ModelProto proto(Sequential model) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(OnnxExport.of(model).toBytes());
    }

    private static double[] run(byte[] file, double... x) throws OrtException {
        INDArray input = Memory.array(DataType.FLOAT, x.length / 2, 2);
        Vectors.set(input, x);
        try (OnnxSession session = new OnnxSession(file)) {
            return session.run(input);
        }
    }

    @Test
    void recordsTheProducerAndTheOperatorSet() throws IOException {
        ModelProto proto = proto(model(new Affine(3)));

        assertThat(proto.getIrVersion()).isEqualTo(8);
        assertThat(proto.getProducerName()).isEqualTo("Jacobi");
        assertThat(proto.getProducerVersion()).isNotEmpty();
        assertThat(proto.getOpsetImportList()).singleElement().satisfies(opset -> {
            assertThat(opset.getDomain()).isEmpty();
            assertThat(opset.getVersion()).isEqualTo(17);
        });
    }

    @Test
    void takesBatchesOfAnySize() throws IOException {
        ModelProto proto = proto(model(new Affine(3)));

        assertThat(dims(proto.getGraph().getInput(0))).containsExactly("batch", "2");
        assertThat(dims(proto.getGraph().getOutput(0))).containsExactly("batch", "3");
        assertThat(proto.getGraph().getInput(0).getName()).isEqualTo("input");
        assertThat(proto.getGraph().getOutput(0).getName()).isEqualTo("output");
    }

    private static List<String> dims(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .map(dim -> dim.getValueCase() == Dimension.ValueCase.DIM_PARAM
                        ? dim.getDimParam()
                        : Long.toString(dim.getDimValue()))
                .toList();
    }

    @Test
    void keepsTheNamesOfWeights() throws IOException {
        ModelProto proto = proto(model(new Affine(3), Chain.of(new Relu(), new Affine(1).withoutBias())));

        assertThat(proto.getGraph().getInitializerList())
                .extracting(tensor -> tensor.getName())
                .containsExactly("0.weight", "0.bias", "1.1.weight");
        assertThat(Protos.operators(proto)).containsExactly("Gemm", "Relu", "Gemm");
    }

    @Test
    void keepsTheWeightOfAnAffineOfSequencesAndTransposesItInTheGraph() throws IOException {
        ModelProto proto = proto(Sequential.input(Shape.of(3, 2))
                .add(new Affine(4))
                .add(new Affine(1).withoutBias())
                .build(DataType.FLOAT, 1));

        assertThat(Protos.operators(proto)).containsExactly("Transpose", "MatMul", "Add", "Transpose", "MatMul");
        assertThat(proto.getGraph().getInitializerList())
                .extracting(tensor -> tensor.getName())
                .containsExactly("0.weight", "0.bias", "1.weight");
        assertThat(dims(proto.getGraph().getOutput(0))).containsExactly("batch", "3", "1");
    }

    @Test
    void usesEveryNameOnce() throws IOException {
        ModelProto proto = proto(model(Chain.of(new Softmax(), new Relu(), new Softmax()), Residual.of(new Relu())));

        List<String> names = proto.getGraph().getNodeList().stream()
                .flatMap(node -> node.getOutputList().stream())
                .toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names).hasSize(5);
    }

    @Test
    void aModelThatDoesNothingReturnsItsInput() throws IOException, OrtException {
        Sequential model = model(new Dropout(0.5), new Dropout(0.3));

        assertThat(Protos.operators(proto(model))).containsExactly("Identity");
        assertThat(run(OnnxExport.of(model).toBytes(), 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void replacesAnExistingFile() throws IOException {
        Path file = directory.resolve("model.onnx");
        Files.writeString(file, "old");
        OnnxExport export = OnnxExport.of(model(new Affine(3)));

        export.save(file);

        assertThat(file).hasBinaryContent(export.toBytes());
        assertThat(directory.toFile().list()).containsExactly("model.onnx");
    }

    @Test
    void leavesTheFileUnchangedIfALayerHasNoOnnxForm() throws IOException {
        Path file = directory.resolve("model.onnx");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> OnnxExport.of(model(new Scale(2))).save(file)).isInstanceOf(OnnxExportException.class);
        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("model.onnx");
    }

    @Test
    void namesTheLayerThatHasNoOnnxFormAndTheFix() {
        assertThatThrownBy(() -> OnnxExport.of(model(new Relu(), Chain.of(new Affine(2), new Scale(2))))
                        .toBytes())
                .isInstanceOf(OnnxExportException.class)
                .hasMessageStartingWith("Layer 2 of 2, Chain(Affine(2), Scale[factor=2.0]): "
                        + "child 2 of 2, Scale[factor=2.0]: no ONNX form is known"
                        + "\n  expected one of Affine, AvgPool2d, BatchNorm, ")
                .hasMessageEndingWith(
                        "\n  fix: OnnxExport.of(model).with(Scale.class, exporter) exports a Scale with your own exporter");
    }

    @Test
    void exportsACustomLayerWithItsExporter() throws OrtException {
        byte[] file = OnnxExport.of(model(new Relu(), Residual.of(new Scale(3), new Scale(-1))))
                .with(Scale.class, OnnxExportTest::export)
                .toBytes();

        // x = 1: (1 + ½) 3 = 4½, (4½ + ½)(−1) = −5, and 1 − 5 = −4; x = −2 is rectified to 0: 0 − 2
        assertThat(run(file, 1, -2)).containsExactly(-4, -2);
    }

    @Test
    void aCustomExporterReplacesJacobis() throws OrtException {
        byte[] file = OnnxExport.of(model(new Relu()))
                .with(
                        Relu.class,
                        (relu, g) -> g.apply("Add", g.apply("Abs", g.x()), g.constants(new double[] {10, 20}, 2)))
                .toBytes();

        assertThat(run(file, 1, -2)).containsExactly(11, 22);
    }

    @Test
    void listsTheWeightsIfAnExporterRequestsAnUnknownOne() {
        assertThatThrownBy(() -> OnnxExport.of(model(new Scale(1)))
                        .with(Scale.class, (scale, g) -> g.weight("weight"))
                        .toBytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Scale[factor=1.0] has no parameter \"weight\"; it has [shift] and the states []");
        assertThatThrownBy(() -> OnnxExport.of(model(new Scale(1)))
                        .with(Scale.class, (scale, g) -> g.branch("inside"))
                        .toBytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Scale[factor=1.0] has no branch \"inside\"; it has []");
    }

    @Test
    void refusesAModelThatIsTooLargeForOneFile() {
        assertThatCode(() -> OnnxExport.requireSize(2_000_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> OnnxExport.requireSize(1L << 31))
                .isInstanceOf(OnnxExportException.class)
                .hasMessageContainingAll("2147483648 bytes", "expected at most", "fix: ");
    }
}
