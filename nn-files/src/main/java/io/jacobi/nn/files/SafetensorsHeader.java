package io.jacobi.nn.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * The JSON of a safetensors file: {@code {"0.weight": {"dtype": "F32", "shape": [128, 784], "data_offsets": [0, 401408]}, ...,
 * "__metadata__": {"key": "value", ...}}}, read in one pass. What it says of lengths is checked here, once, before anybody
 * allocates by it.
 *
 * @param tensors in the order of their bytes
 */
public record SafetensorsHeader(Map<String, String> metadata, List<TensorInfo> tensors) {

    /** Where other strings about the tensors are. */
    static final String METADATA = "__metadata__";

    static final String TYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    /** Longer than that of any model of a few thousand tensors, and read in a moment. */
    public static final int MAX_BYTES = 2 << 20;

    private static final int ALIGNMENT = 8;
    private static final int MAX_RANK = 32;
    private static final Set<String> FIELDS = Set.of(TYPE, SHAPE, OFFSETS);
    private static final long NONE = -1;

    /** @param dataLength how many bytes follow the header */
    static SafetensorsHeader parse(byte[] json, long dataLength) throws IOException {
        if (json.length == 0 || json[0] != '{') {
            throw damaged("the header does not begin with {", "a JSON object");
        }
        // a new decoder refuses bytes that are not UTF-8, where the default would replace them
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        SafetensorsHeader header = Json.read(text, SafetensorsHeader::read);
        header.requireContiguous(dataLength);
        return header;
    }

    private static SafetensorsHeader read(JsonParser json) throws ModelFormatException {
        require(json.nextToken() == JsonToken.START_OBJECT, json, "the header", "an object");
        Map<String, String> metadata = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            require(json.nextToken() == JsonToken.START_OBJECT, json, name, "an object");
            if (name.equals(METADATA)) {
                readMetadata(json, metadata);
            } else {
                tensors.add(readTensor(json, name));
            }
        }
        tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        return new SafetensorsHeader(metadata, List.copyOf(tensors));
    }

    private static void readMetadata(JsonParser json, Map<String, String> metadata) throws ModelFormatException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            require(json.nextToken() == JsonToken.VALUE_STRING, json, METADATA + "." + key, "a string");
            metadata.put(key, json.getString());
        }
    }

    private static TensorInfo readTensor(JsonParser json, String name) throws ModelFormatException {
        try {
            String type = "";
            List<Long> shape = List.of();
            List<Long> offsets = List.of();
            int found = 0;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                json.nextToken();
                found++;
                switch (field) {
                    case TYPE -> {
                        require(json.currentToken() == JsonToken.VALUE_STRING, json, TYPE, "a string");
                        type = json.getString();
                    }
                    case SHAPE -> shape = lengths(json, SHAPE, MAX_RANK);
                    case OFFSETS -> offsets = lengths(json, OFFSETS, 2);
                    default -> throw damaged("it has a \"" + JsonValue.shorten(field) + "\"", "no more than " + FIELDS);
                }
            }
            if (found != FIELDS.size() || offsets.size() != 2) {
                throw damaged("something is missing", "each of " + FIELDS + ", with two offsets");
            }
            return tensor(name, TensorType.named(type), shape, offsets.get(0), offsets.get(1));
        } catch (ModelFormatException e) {
            throw e.in("tensor \"" + JsonValue.shorten(name) + "\"");
        }
    }

    private static TensorInfo tensor(String name, TensorType type, List<Long> shape, long begin, long end)
            throws ModelFormatException {
        long bytes = bytes(type, shape);
        if (begin > end || bytes != end - begin) {
            throw damaged(
                    "its bytes are from " + begin + " to " + end,
                    (bytes == NONE ? "fewer than 2^63" : bytes) + " bytes for " + type + " " + shape);
        }
        return new TensorInfo(name, type, shape, begin, end);
    }

    /** {@link #NONE} if they are too many to be counted. */
    private static long bytes(TensorType type, List<Long> shape) {
        long bytes = type.bytes();
        try {
            for (long dim : shape) {
                bytes = Math.multiplyExact(bytes, dim);
            }
            return bytes;
        } catch (ArithmeticException overflow) {
            return NONE;
        }
    }

    private static List<Long> lengths(JsonParser json, String field, int most) throws ModelFormatException {
        require(json.currentToken() == JsonToken.START_ARRAY, json, field, "an array");
        List<Long> lengths = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, json, field, "whole numbers");
            lengths.add(json.getLongValue());
            if (lengths.get(lengths.size() - 1) < 0 || lengths.size() > most) {
                throw damaged(field + " begins with " + lengths, "at most " + most + " numbers, none negative");
            }
        }
        return lengths;
    }

    /** No byte belongs to two tensors, and none to no tensor. */
    private void requireContiguous(long dataLength) throws ModelFormatException {
        long end = 0;
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != end) {
                throw damaged(
                        "tensor \"" + JsonValue.shorten(tensor.name()) + "\" begins at byte " + tensor.begin(),
                        "byte " + end + ", where the one before it ends");
            }
            end = tensor.end();
        }
        if (end != dataLength) {
            throw damaged(
                    "the tensors take " + end + " bytes, and the file has " + dataLength + " for them",
                    "a file that ends where the last tensor does");
        }
    }

    /**
     * The bytes that a file with these texts and tensors begins with: the length of the JSON, the JSON, and spaces up to a multiple of
     * eight bytes, where the tensors begin, as the format asks for.
     *
     * @throws ModelFormatException if the header would be longer than a reader takes, or a text cannot be written in UTF-8
     */
    public byte[] toBytes() throws ModelFormatException {
        byte[] json = json();
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (length > MAX_BYTES) {
            throw new ModelFormatException(
                    "the header would have " + length + " bytes",
                    "at most " + MAX_BYTES,
                    "fewer tensors or less metadata");
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

    /** Half a surrogate pair has no UTF-8, and would be replaced or escaped, as each library thinks best. */
    private static void requireText(String text) throws ModelFormatException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ModelFormatException(
                    "a text has half a character: " + JsonValue.shorten(text),
                    "text that can be written in UTF-8",
                    "look for half a surrogate pair in labels and names");
        }
    }

    private static void require(boolean holds, JsonParser json, String where, String expected)
            throws ModelFormatException {
        if (!holds) {
            String found = json.currentToken() == null
                    ? "nothing"
                    : json.currentToken().name();
            throw damaged(JsonValue.shorten(where) + " is " + found, expected);
        }
    }

    private static ModelFormatException damaged(String problem, String expected) {
        return new ModelFormatException(problem, expected, ModelFormatException.WRITE_AGAIN);
    }
}
