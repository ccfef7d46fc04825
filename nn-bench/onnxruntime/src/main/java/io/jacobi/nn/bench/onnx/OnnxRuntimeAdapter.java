package io.jacobi.nn.bench.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.jacobi.nn.bench.worker.DirectRows;
import io.jacobi.nn.bench.worker.FrameworkAdapter;
import io.jacobi.nn.bench.worker.Workload;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime, which predicts but does not train; it opens a model that Jacobi has stored. */
public final class OnnxRuntimeAdapter implements FrameworkAdapter {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final DirectRows input = new DirectRows();
    private @Nullable OrtSession session;

    @Override
    public void open(Workload workload, int threads, Path file) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            byte[] model = DenseOnnx.of(workload, Files.readAllBytes(file));
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new IOException(e);
        }
    }

    @Override
    public float[] predict(float[] pixels) throws IOException {
        return predict(new float[][] {pixels})[0];
    }

    /** Predicts from a direct buffer, which is read in place; the runtime copies a {@code float[][]} at every call. */
    @Override
    public float[][] predict(float[][] pixels) throws IOException {
        FloatBuffer rows = input.holding(pixels).asFloatBuffer();
        try (OnnxTensor x = OnnxTensor.createTensor(environment, rows, new long[] {pixels.length, Workload.PIXELS});
                OrtSession.Result result = Objects.requireNonNull(session).run(Map.of("x", x))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IOException(e);
        }
    }
}
