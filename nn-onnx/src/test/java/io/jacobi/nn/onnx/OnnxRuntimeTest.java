package io.jacobi.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What ONNX Runtime makes of an exported model is what Jacobi predicts: every configuration of every layer, and networks. */
class OnnxRuntimeTest {

    /** The operators that ONNX Runtime 1.22 has for floats alone, of those that docs/onnx.md lists. */
    private static final Set<String> FOR_FLOATS_ALONE = Set.of("AveragePool", "Conv", "Erf", "GRU", "LSTM");

    private static final double FLOAT_TOLERANCE = 1e-5;
    private static final double DOUBLE_TOLERANCE = 1e-10;

    static Stream<Models> floats() {
        return Models.all(DataType.FLOAT);
    }

    static Stream<Models> doublesThatRun() {
        return Models.all(DataType.DOUBLE).filter(model -> !isForFloatsAlone(model));
    }

    static Stream<Models> doublesThatDoNotRun() {
        return Models.all(DataType.DOUBLE).filter(OnnxRuntimeTest::isForFloatsAlone);
    }

    private static boolean isForFloatsAlone(Models model) {
        return parsed(model).getGraph().getNodeList().stream()
                .anyMatch(node -> FOR_FLOATS_ALONE.contains(node.getOpType()));
    }

    private static ModelProto parsed(Models model) {
        try {
            return ModelProto.parseFrom(OnnxExport.of(model.model()).toBytes());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource
    void floats(Models model) throws OrtException {
        ModelProto proto = parsed(model);

        compare(model, proto, DataType.FLOAT, FLOAT_TOLERANCE);
        assertThat(Protos.storedNumbers(proto)).containsExactly(sortedNumbers(model));
    }

    @ParameterizedTest
    @MethodSource
    void doublesThatRun(Models model) throws OrtException {
        ModelProto proto = parsed(model);

        compare(model, proto, DataType.DOUBLE, DOUBLE_TOLERANCE);
        assertThat(Protos.storedNumbers(proto)).containsExactly(sortedNumbers(model));
    }

    /** The graph is right for floats, and the weights are the model's to the bit. */
    @ParameterizedTest
    @MethodSource
    void doublesThatDoNotRun(Models model) throws OrtException {
        ModelProto proto = parsed(model);

        assertThatThrownBy(() -> compare(model, proto, DataType.DOUBLE, DOUBLE_TOLERANCE))
                .as("a newer ONNX Runtime may run it: then it belongs to the others, and docs/onnx.md has to say so")
                .isInstanceOf(OrtException.class);
        compare(model, Protos.asFloats(proto), DataType.FLOAT, FLOAT_TOLERANCE);
        assertThat(Protos.storedNumbers(proto)).containsExactly(sortedNumbers(model));
    }

    private static double[] sortedNumbers(Models model) {
        return Stream.of(model.model().weights(), model.model().state())
                .filter(vector -> !vector.isEmpty())
                .flatMapToDouble(vector -> Arrays.stream(Vectors.toDoubles(vector)))
                .sorted()
                .toArray();
    }

    /** One file, for one example and for three. */
    private static void compare(Models model, ModelProto file, DataType type, double tolerance) throws OrtException {
        try (OnnxSession session = new OnnxSession(file.toByteArray());
                Predictor predictor = Predictor.of(model.model())) {
            for (int batch : new int[] {1, 3}) {
                INDArray x = model.examples(batch);
                double[] expected = Vectors.toDoubles(predictor.predict(x));
                double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();

                assertThat(session.run(x.castTo(type)))
                        .as("batch of %d", batch)
                        .containsExactly(expected, Offset.offset(tolerance * largest));
            }
        }
    }
}
