package io.jacobi.nn.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * The header of a safetensors file: {@code {"0.weight": {"dtype": "F32", "shape": [128, 784], "data_offsets": [0,
 * 401408]}, ..., "__metadata__": {"key": "value", ...}}}. {@link HeaderParser} reads it.
 *
 * @param metadata strings about the tensors
 * @param tensors in the order of their bytes
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorInfo> tensors) {

    /** The longest header: enough for several thousand tensors, and read in milliseconds. */
    static final int MAX_BYTES = 2 << 20;

    static final String METADATA = "__metadata__";
    static final String TYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    /** The fields of a tensor. */
    static final Set<String> FIELDS = Set.of(TYPE, SHAPE, OFFSETS);

    private static final int ALIGNMENT = 8;

    /** Checks that each byte after the header belongs to exactly one tensor. */
    void requireContiguous(long dataLength) throws ModelFormatException {
        long end = 0;
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != end) {
                throw damaged(
                        "tensor \"" + FileText.show(tensor.name()) + "\" begins at byte " + tensor.begin(),
                        "byte " + end + ", where the previous tensor ends");
            }
            end = tensor.end();
        }
        if (end != dataLength) {
            throw damaged(
                    "the tensors take " + end + " bytes, but " + dataLength + " bytes follow the header",
                    "a file that ends where the last tensor ends");
        }
    }

    private static ModelFormatException damaged(String problem, String expected) {
        return new ModelFormatException(problem, expected, ModelFormatException.WRITE_AGAIN);
    }

    /**
     * The beginning of a file: the length of the JSON, the JSON, and spaces up to a multiple of eight bytes, where the
     * tensors must begin.
     *
     * @throws ModelFormatException if the header is longer than {@link #MAX_BYTES}, or if UTF-8 cannot encode a text
     */
    byte[] toBytes() throws ModelFormatException {
        byte[] json = json();
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (length > MAX_BYTES) {
            throw new ModelFormatException(
                    "the header would have " + length + " bytes",
                    "at most " + MAX_BYTES,
                    "store fewer tensors or less metadata");
        }
        byte[] bytes = new byte[Long.BYTES + length];
        Arrays.fill(bytes, (byte) ' ');
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
        return bytes;
    }

    private byte[] json() throws ModelFormatException {
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            requireText(entry.getKey());
            requireText(entry.getValue());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart(METADATA);
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
            tensors.forEach(tensor -> write(json, tensor));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, TensorInfo tensor) {
        json.writeObjectPropertyStart(tensor.name());
        json.writeStringProperty(TYPE, tensor.type().name());
        json.writeArrayPropertyStart(SHAPE);
        tensor.shape().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart(OFFSETS);
        json.writeNumber(tensor.begin());
        json.writeNumber(tensor.end());
        json.writeEndArray();
        json.writeEndObject();
    }

    /** UTF-8 cannot encode half of a surrogate pair; some libraries replace it, others escape it. */
    private static void requireText(String text) throws ModelFormatException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ModelFormatException(
                    "a text contains half of a surrogate pair: " + FileText.show(text),
                    "text that UTF-8 can encode",
                    "check the labels and names");
        }
    }
}
