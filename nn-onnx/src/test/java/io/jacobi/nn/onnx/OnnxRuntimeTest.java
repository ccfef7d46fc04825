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

/** ONNX Runtime predicts what Jacobi predicts: every configuration of every layer, and networks. */
class OnnxRuntimeTest {

    /** The operators in docs/onnx.md that ONNX Runtime 1.22 implements for floats only. */
    private static final Set<String> FOR_FLOATS_ONLY = Set.of("AveragePool", "Conv", "Erf", "GRU", "LSTM");

    private static final double FLOAT_TOLERANCE = 1e-5;
    private static final double DOUBLE_TOLERANCE = 1e-10;

    static Stream<Models> floats() {
        return Models.all(DataType.FLOAT);
    }

    static Stream<Models> doublesThatRun() {
        return Models.all(DataType.DOUBLE).filter(model -> !isForFloatsOnly(model));
    }

    static Stream<Models> doublesThatDoNotRun() {
        return Models.all(DataType.DOUBLE).filter(OnnxRuntimeTest::isForFloatsOnly);
    }

    private static boolean isForFloatsOnly(Models model) {
        return parsed(model).getGraph().getNodeList().stream()
                .anyMatch(node -> FOR_FLOATS_ONLY.contains(node.getOpType()));
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

    /** The graph is right for floats, and the weights are bit-identical to the model's. */
    @ParameterizedTest
    @MethodSource
    void doublesThatDoNotRun(Models model) throws OrtException {
        ModelProto proto = parsed(model);

        assertThatThrownBy(() -> compare(model, proto, DataType.DOUBLE, DOUBLE_TOLERANCE))
                .as("this ONNX Runtime runs it: remove its operators from FOR_FLOATS_ONLY and update docs/onnx.md")
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

    /** Compares predictions for batches of one and of three examples. */
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
