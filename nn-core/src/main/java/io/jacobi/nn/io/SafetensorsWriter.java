package io.jacobi.nn.io;

import io.jacobi.nn.math.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes what {@link Safetensors} reads. The tensors lie one behind the other in the order in which they are given. */
public final class SafetensorsWriter {

    private static final int PIECE = 1 << 16;
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes a whole file.
     *
     * @param metadata strings about the tensors
     * @param tensors by name: FLOAT or DOUBLE, dense, in 'c' order
     * @throws ModelFormatException if the header would be longer than a reader takes, or cannot be written as JSON
     * @throws IOException if {@code out} throws it
     */
    public static void write(OutputStream out, Map<String, String> metadata, Map<String, INDArray> tensors)
            throws IOException {
        byte[] header = header(metadata, tensors);
        // the tensors begin at a multiple of eight bytes, as the format asks for: spaces are no part of the JSON
        int length = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (length > SafetensorsHeader.MAX_BYTES) {
            throw new ModelFormatException(
                    "the header would have " + length + " bytes",
                    "at most " + SafetensorsHeader.MAX_BYTES,
                    "fewer tensors or less metadata");
        }
        byte[] lengthBytes = new byte[Long.BYTES];
        for (int i = 0; i < lengthBytes.length; i++) {
            lengthBytes[i] = (byte) ((long) length >>> (Byte.SIZE * i));
        }
        out.write(lengthBytes);
        out.write(header);
        out.write(" ".repeat(length - header.length).getBytes(StandardCharsets.US_ASCII));
        byte[] piece = new byte[PIECE];
        for (INDArray tensor : tensors.values()) {
            LittleEndian.write(tensor, piece, (bytes, n) -> out.write(bytes, 0, n));
        }
    }

    /** The SHA-256 of the bytes that these tensors take in a file: {@link Safetensors#sha256}. */
    public static String sha256(Iterable<INDArray> tensors) {
        MessageDigest digest = Sha256.digest();
        byte[] piece = new byte[PIECE];
        for (INDArray tensor : tensors) {
            LittleEndian.write(tensor, piece, (bytes, n) -> digest.update(bytes, 0, n));
        }
        return Sha256.hex(digest);
    }

    private static byte[] header(Map<String, String> metadata, Map<String, INDArray> tensors)
            throws ModelFormatException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
            long begin = 0;
            for (Map.Entry<String, INDArray> tensor : tensors.entrySet()) {
                begin = write(json, tensor.getKey(), tensor.getValue(), begin);
            }
            json.writeEndObject();
        } catch (JacksonException e) {
            throw new ModelFormatException(
                    "the header cannot be written: " + e.getOriginalMessage(),
                    "names and texts of whole characters",
                    "look for half a surrogate pair in labels and names",
                    e);
        }
        return bytes.toByteArray();
    }

    private static long write(JsonGenerator json, String name, INDArray tensor, long begin) {
        TensorType type = TensorType.of(tensor.dataType());
        long end = begin + tensor.length() * type.bytes();
        json.writeObjectPropertyStart(name);
        json.writeStringProperty(SafetensorsHeader.TYPE, type.name());
        json.writeArrayPropertyStart(SafetensorsHeader.SHAPE);
        for (long dim : tensor.shape()) {
            json.writeNumber(dim);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart(SafetensorsHeader.OFFSETS);
        json.writeNumber(begin);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
        return end;
    }
}
