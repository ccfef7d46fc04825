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
 * The prediction of a model as an ONNX file, which ONNX Runtime and many others run.
 *
 * <pre>{@code
 * OnnxExport.of(model).save(Path.of("digits.onnx"));
 * }</pre>
 *
 * The graph takes {@value #INPUT} {@code [batch, input shape...]} and gives {@value #OUTPUT} {@code [batch, output shape...]}, of the
 * model's data type, for batches of any size. Weights keep their names and layouts, save those of recurrent layers, whose gates
 * ONNX has in another order. See docs/onnx.md for the operators, and for those that ONNX Runtime has for floats alone.
 *
 * <p>Immutable. Exporting reads the weights: let no training change them meanwhile.
 */
public final class OnnxExport {

    /** The version of ONNX's operators. */
    public static final int OPSET = 17;

    /** What the input is called. */
    public static final String INPUT = "input";

    /** What the output is called. */
    public static final String OUTPUT = "output";

    /** The version of the file format that came with these operators: ONNX 1.12. */
    private static final int IR_VERSION = 8;

    /** A protobuf message is shorter than 2 GiB; a graph needs a little beside its weights. */
    private static final long MAX_WEIGHT_BYTES = (1L << 31) - (1L << 24);

    private final Sequential model;
    private final Exporters exporters;

    private OnnxExport(Sequential model, Exporters exporters) {
        this.model = model;
        this.exporters = exporters;
    }

    /** The export of this model. */
    public static OnnxExport of(Sequential model) {
        return new OnnxExport(model, Exporters.jacobi());
    }

    /** The same, with layers of that type written so: one of your own, or one of Jacobi's in another way. */
    public <L extends Layer> OnnxExport with(Class<L> type, LayerExporter<? super L> exporter) {
        return new OnnxExport(model, exporters.with(type, exporter));
    }

    /**
     * Writes the file whole, or leaves everything as it was: see {@link AtomicFile}.
     *
     * @throws OnnxExportException if a layer has no ONNX form, or if the model is larger than 2 GiB
     * @throws IOException if the place cannot be written
     */
    public void save(Path path) throws IOException {
        AtomicFile file = AtomicFile.at(path);
        ModelProto proto = proto();
        file.write(proto::writeTo);
    }

    /**
     * What {@link #save} writes.
     *
     * @throws OnnxExportException as there
     */
    public byte[] toBytes() {
        return proto().toByteArray();
    }

    private ModelProto proto() {
        requireSize(model.dataType().width()
                * (model.parameterCount() + model.state().length()));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Jacobi")
                .setProducerVersion(version())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(new ModelExporter(model, exporters).export())
                .build();
    }

    static void requireSize(long bytes) {
        if (bytes > MAX_WEIGHT_BYTES) {
            throw new OnnxExportException("The model has " + bytes + " bytes of weights"
                    + "\n  expected at most " + MAX_WEIGHT_BYTES + ": one ONNX file is shorter than 2 GiB"
                    + "\n  fix: model.copy(DataType.FLOAT), or a smaller model");
        }
    }

    private static String version() {
        return Optional.ofNullable(OnnxExport.class.getPackage().getImplementationVersion())
                .orElse("not from a jar");
    }
}
