package io.jacobi.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** ONNX Runtime predicts what Jacobi predicts: every configuration of every layer, and networks. */
class OnnxRuntimeTest {

    static Stream<Models> floats() {
        return Models.all(DataType.FLOAT);
    }

    static Stream<Models> doublesThatRun() {
        return Models.all(DataType.DOUBLE).filter(model -> !model.isForFloatsOnly());
    }

    static Stream<Models> doublesThatDoNotRun() {
        return Models.all(DataType.DOUBLE).filter(Models::isForFloatsOnly);
    }

    @ParameterizedTest
    @MethodSource
    void floats(Models model) throws OrtException {
        ModelProto proto = model.file();

        compare(model, proto, DataType.FLOAT);
        assertThat(Protos.storedNumbers(proto)).containsExactly(sortedNumbers(model));
    }

    @ParameterizedTest
    @MethodSource
    void doublesThatRun(Models model) throws OrtException {
        ModelProto proto = model.file();

        compare(model, proto, DataType.DOUBLE);
        assertThat(Protos.storedNumbers(proto)).containsExactly(sortedNumbers(model));
    }

    /** The graph is right for floats, and the weights are bit-identical to the model's. */
    @ParameterizedTest
    @MethodSource
    void doublesThatDoNotRun(Models model) throws OrtException {
        ModelProto proto = model.file();

        assertThatThrownBy(() -> compare(model, proto, DataType.DOUBLE))
                .as("this ONNX Runtime runs it: remove its operators from FOR_FLOATS_ONLY and update docs/onnx.md")
                .isInstanceOf(OrtException.class);
        compare(model, Protos.asFloats(proto), DataType.FLOAT);
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
    private static void compare(Models model, ModelProto file, DataType type) throws OrtException {
        try (Agreement agreement = new Agreement(model, file, type)) {
            for (int batch : new int[] {1, 3}) {
                agreement.verify("batch of " + batch, model.examples(batch));
            }
        }
    }
}
