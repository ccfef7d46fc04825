package io.jacobi.nn.files;

import static io.jacobi.nn.files.SafetensorsHeader.FIELDS;
import static io.jacobi.nn.files.SafetensorsHeader.METADATA;
import static io.jacobi.nn.files.SafetensorsHeader.OFFSETS;
import static io.jacobi.nn.files.SafetensorsHeader.SHAPE;
import static io.jacobi.nn.files.SafetensorsHeader.TYPE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@link SafetensorsHeader} in one pass, and checks all lengths in it before any code allocates memory by them.
 */
final class HeaderParser {

    private static final int MAX_RANK = 32;
    private static final long OVERFLOW = -1;

    private HeaderParser() {}

    /** @param dataLength the number of bytes that follow the header */
    static SafetensorsHeader parse(byte[] json, long dataLength) throws IOException {
        if (json.length == 0 || json[0] != '{') {
            throw damaged("the header does not begin with {", "a JSON object");
        }
        // a new decoder refuses bytes that are not UTF-8; the default decoder replaces them
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        SafetensorsHeader header = Json.read(text, HeaderParser::read);
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
                    default ->
                        throw damaged("it has an unknown field \"" + FileText.show(field) + "\"", "only " + FIELDS);
                }
            }
            if (found != FIELDS.size() || offsets.size() != 2) {
                throw damaged("a field or an offset is missing", "each of " + FIELDS + ", with two offsets");
            }
            return tensor(name, TensorType.named(type), shape, offsets.get(0), offsets.get(1));
        } catch (ModelFormatException e) {
            throw e.in("tensor \"" + FileText.show(name) + "\"");
        }
    }

    private static TensorInfo tensor(String name, TensorType type, List<Long> shape, long begin, long end)
            throws ModelFormatException {
        long bytes = bytes(type, shape);
        if (begin > end || bytes != end - begin) {
            throw damaged(
                    "its bytes are from " + begin + " to " + end,
                    (bytes == OVERFLOW ? "fewer than 2^63" : bytes) + " bytes for " + type + " " + shape);
        }
        return new TensorInfo(name, type, shape, begin, end);
    }

    private static long bytes(TensorType type, List<Long> shape) {
        long bytes = type.bytes();
        try {
            for (long dim : shape) {
                bytes = Math.multiplyExact(bytes, dim);
            }
            return bytes;
        } catch (ArithmeticException overflow) {
            return OVERFLOW;
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

    private static void require(boolean holds, JsonParser json, String where, String expected)
            throws ModelFormatException {
        if (!holds) {
            String found = json.currentToken() == null
                    ? "nothing"
                    : json.currentToken().name();
            throw damaged(FileText.show(where) + " is " + found, expected);
        }
    }

    private static ModelFormatException damaged(String problem, String expected) {
        return new ModelFormatException(problem, expected, ModelFormatException.WRITE_AGAIN);
    }
}
