package io.jacobi.nn.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.jacobi.nn.math.Vectors;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model opened by ONNX Runtime. */
final class OnnxSession implements AutoCloseable {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;

    OnnxSession(byte[] file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // errors are thrown as exceptions too
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = ENVIRONMENT.createSession(file, options);
        }
    }

    /** Returns the concatenated outputs for a dense array of inputs. */
    double[] run(INDArray x) throws OrtException {
        double[] values = Vectors.toDoubles(x);
        try (OnnxTensor input = tensor(values, x.shape(), x.dataType());
                OrtSession.Result result = session.run(Map.of(OnnxExport.INPUT, input))) {
            OnnxTensor output = (OnnxTensor) result.get(OnnxExport.OUTPUT).orElseThrow();
            return x.dataType() == DataType.FLOAT
                    ? widened(output.getFloatBuffer().array())
                    : output.getDoubleBuffer().array();
        }
    }

    private static OnnxTensor tensor(double[] values, long[] shape, DataType type) throws OrtException {
        if (type == DataType.DOUBLE) {
            return OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(values), shape);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(floats), shape);
    }

    private static double[] widened(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
