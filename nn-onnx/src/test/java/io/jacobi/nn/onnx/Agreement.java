package io.jacobi.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A file in ONNX Runtime beside the model that it was exported from. How closely they agree is said in docs/onnx.md.
 */
final class Agreement implements AutoCloseable {

    private final Predictor predictor;
    private final OnnxSession session;
    private final DataType type;
    private final List<String> operators;

    /** Opens a file whose graph computes in the given type. */
    Agreement(Models model, ModelProto file, DataType type) throws OrtException {
        this.session = new OnnxSession(file.toByteArray());
        this.predictor = Predictor.of(model.model());
        this.type = type;
        this.operators = Protos.operators(file);
    }

    /** Compares the predictions for a batch of examples. */
    void verify(String what, INDArray x) throws OrtException {
        double[] expected = Vectors.toDoubles(predictor.predict(x));
        double[] actual = session.run(x.castTo(type));

        assertThat(actual)
                .as("%s, in a graph of %s", what, operators)
                .containsExactly(expected, Offset.offset(tolerance(largest(expected), largest(Vectors.toDoubles(x)))));
    }

    private double tolerance(double largestOutput, double largestInput) {
        double relative = type == DataType.FLOAT ? 1e-5 : 1e-10;
        double scale = largestOutput;
        if (operators.contains("LSTM") || operators.contains("GRU")) {
            // outputs lie between -1 and 1, and ONNX Runtime's gates have an absolute error
            scale = Math.max(scale, 1);
        }
        if (operators.contains("Erf")) {
            // 1 + erf cancels below 0
            scale = Math.max(scale, 0.02 * largestInput);
        }
        // numbers below are rounded to multiples of 1e-45, or to 0
        return Math.max(relative * scale, Float.MIN_NORMAL);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    @Override
    public void close() throws OrtException {
        predictor.close();
        session.close();
    }
}
