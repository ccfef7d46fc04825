package io.jacobi.nn.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tensors of F32 as files, and models whose tensors they are. */
final class TestTensors {

    /** The tensors of an Affine(2) with an input of 3 elements. */
    static final TestTensors AFFINE =
            new TestTensors().add("0.weight", 1, 2, 3, 4, 5, 6).add("0.bias", -1, 0.5f);

    private final List<TensorInfo> infos = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();

    /** Adds a vector. */
    TestTensors add(String name, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        long begin = infos.isEmpty() ? 0 : infos.get(infos.size() - 1).end();
        long end = begin + bytes.capacity();
        infos.add(new TensorInfo(name, TensorType.F32, List.of((long) values.length), begin, end));
        data.add(bytes.array());
        return this;
    }

    private void writeTo(OutputStream out) throws IOException {
        for (byte[] tensor : data) {
            out.write(tensor);
        }
    }

    /** The hash of a file with these tensors. */
    String sha256() throws IOException {
        return Safetensors.sha256(this::writeTo);
    }

    Path write(Path file, Map<String, String> metadata) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            Safetensors.write(out, metadata, infos, this::writeTo);
        }
        return file;
    }

    /** Writes a model that a program with the layer Affine has stored. */
    Path writeModel(Path file, Description description, Optional<RunState> run) throws IOException {
        Optional<String> json = run.isPresent() ? Optional.of(run.get().toJson()) : Optional.empty();
        return write(file, ModelMetadata.of(description.toJson(), json));
    }

    /** The description of a model with one layer and these tensors. */
    Description description() throws IOException {
        return new Description(
                "1.0",
                List.of(3L),
                TensorType.F32,
                7,
                List.of(new Description.StoredLayer(
                        Optional.of("head"),
                        JsonValue.parse("layer", "{\"type\":\"Affine\",\"arguments\":{\"units\":2,\"bias\":true}}"))),
                List.of("cat", "dog"),
                Optional.of(new TrainingRecord("Pets", 5, 42, Map.of("accuracy", 0.98))),
                Optional.empty(),
                Optional.of(sha256()));
    }
}
