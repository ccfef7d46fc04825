package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.jacobi.nn.Layer;
import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Exports the prediction of a model as an ONNX file, which ONNX Runtime and many other runtimes run.
 *
 * <pre>{@code
 * OnnxExport.of(model).save(Path.of("digits.onnx"));
 * }</pre>
 *
 * The graph maps {@value #INPUT} {@code [batch, input shape...]} to {@value #OUTPUT} {@code [batch, output shape...]}
 * in the model's data type, for batches of any size. Weights keep their names and layouts, except in recurrent layers,
 * whose gates ONNX orders differently. See docs/onnx.md for the operators, and for the ones that ONNX Runtime
 * implements for floats only.
 *
 * <p>Immutable. Exporting reads the weights, so the model must not be trained at the same time.
 */
public final class OnnxExport {

    /** The version of the ONNX operator set. */
    public static final int OPSET = 17;

    /** The name of the input. */
    public static final String INPUT = "input";

    /** The name of the output. */
    public static final String OUTPUT = "output";

    /** The version of the file format that was released with this operator set, in ONNX 1.12. */
    private static final int IR_VERSION = 8;

    /** A protobuf message is shorter than 2 GiB, and a graph needs some bytes besides its weights. */
    private static final long MAX_WEIGHT_BYTES = (1L << 31) - (1L << 24);

    private final Sequential model;
    private final Exporters exporters;

    private OnnxExport(Sequential model, Exporters exporters) {
        this.model = model;
        this.exporters = exporters;
    }

    /** Returns the export of a model. */
    public static OnnxExport of(Sequential model) {
        return new OnnxExport(model, Exporters.jacobi());
    }

    /** Returns a copy that exports layers of a type with {@code exporter}; this may replace an exporter of Jacobi's. */
    public <L extends Layer> OnnxExport with(Class<L> type, LayerExporter<? super L> exporter) {
        return new OnnxExport(model, exporters.with(type, exporter));
    }

    /**
     * Writes the file completely, or leaves an existing file unchanged: see {@link AtomicFile}.
     *
     * @throws OnnxExportException if a layer has no ONNX form, or if the model is larger than 2 GiB
     * @throws IOException if the file cannot be written
     */
    public void save(Path path) throws IOException {
        AtomicFile file = AtomicFile.at(path);
        ModelProto proto = proto();
        file.write(proto::writeTo);
    }

    /**
     * Returns the bytes that {@link #save} writes.
     *
     * @throws OnnxExportException if a layer has no ONNX form, or if the model is larger than 2 GiB
     */
    public byte[] toBytes() {
        return proto().toByteArray();
    }

    private ModelProto proto() {
        try (Sequential kept = model.share()) {
            requireSize(kept.dataType().width()
                    * (kept.parameterCount() + kept.state().length()));
            return ModelProto.newBuilder()
                    .setIrVersion(IR_VERSION)
                    .setProducerName("Jacobi")
                    .setProducerVersion(version())
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                    .setGraph(new ModelExporter(kept, exporters).export())
                    .build();
        }
    }

    static void requireSize(long bytes) {
        if (bytes > MAX_WEIGHT_BYTES) {
            throw new OnnxExportException("The model has " + bytes + " bytes of weights"
                    + "\n  expected at most " + MAX_WEIGHT_BYTES + ": an ONNX file is shorter than 2 GiB"
                    + "\n  fix: export model.copy(DataType.FLOAT), or a smaller model");
        }
    }

    private static String version() {
        return Optional.ofNullable(OnnxExport.class.getPackage().getImplementationVersion())
                .orElse("not from a jar");
    }
}
