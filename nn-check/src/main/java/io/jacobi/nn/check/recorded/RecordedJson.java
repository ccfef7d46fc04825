package io.jacobi.nn.check.recorded;

import io.jacobi.nn.scalar.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads the format of {@link Recordings} in one pass, and refuses anything else. */
final class RecordedJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final JsonParser json;
    private final String source;

    private RecordedJson(JsonParser json, String source) {
        this.json = json;
        this.source = source;
    }

    static Map<String, Recorded> read(InputStream in, String source) throws IOException {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            return new RecordedJson(json, source).document();
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            IOException damaged = error(source, "it is not JSON: " + e.getOriginalMessage(), "JSON", e.getLocation());
            damaged.initCause(e);
            throw damaged;
        }
    }

    private Map<String, Recorded> document() throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, source, "it is not an object", "{\"cases\": {...}}");
        Map<String, Recorded> cases = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("cases")) {
                readCases(cases);
            } else {
                json.skipChildren();
            }
        }
        require(json.nextToken() == null, source, "something follows the object", "the end of the file");
        require(!cases.isEmpty(), source, "it has no cases", "{\"cases\": {...}} with at least one");
        return cases;
    }

    private void readCases(Map<String, Recorded> cases) throws IOException {
        requireObject(source + ", cases");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            String where = source + ", case \"" + name + "\"";
            json.nextToken();
            requireObject(where);
            Map<String, Tensor<Double>> arrays = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String array = json.currentName();
                json.nextToken();
                read(where, array, arrays);
            }
            cases.put(name, new Recorded(name, arrays));
        }
    }

    private void requireObject(String where) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, where, "found " + found(), "an object");
    }

    /** Reads a number, an array, or a group of these. */
    private void read(String where, String path, Map<String, Tensor<Double>> arrays) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            readObject(where, path, arrays);
        } else {
            double number = number(where + ", " + path);
            arrays.put(path, Tensor.of(new int[0], i -> number));
        }
    }

    /** Reads an array, which is an object that contains a list, or a group, which is one that does not. */
    private void readObject(String where, String path, Map<String, Tensor<Double>> arrays) throws IOException {
        List<String> members = new ArrayList<>();
        Map<String, List<Double>> lists = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            members.add(name);
            if (json.nextToken() == JsonToken.START_ARRAY) {
                lists.put(name, numbers(where + ", " + path + "/" + name));
            } else {
                read(where, path + "/" + name, arrays);
            }
        }
        if (!lists.isEmpty()) {
            List<Double> shape = lists.get("shape");
            List<Double> data = lists.get("data");
            if (shape == null || data == null || members.size() > 2) {
                throw error(
                        where + ", " + path, "the array has " + members, "[shape, data]", json.currentTokenLocation());
            }
            arrays.put(path, tensor(where + ", " + path, shape, data));
        }
    }

    private Tensor<Double> tensor(String where, List<Double> shape, List<Double> data) throws IOException {
        int[] dims = new int[shape.size()];
        double size = 1;
        for (int i = 0; i < dims.length; i++) {
            double dim = shape.get(i);
            require(dim >= 1 && dim == (int) dim, where, "its shape is " + shape, "whole numbers of 1 or more");
            dims[i] = (int) dim;
            size *= dim;
        }
        require(
                size == data.size(),
                where,
                "its shape is " + Arrays.toString(dims) + " and its data has " + data.size() + " elements",
                "the number of elements of the shape");
        return Tensor.of(dims, data::get);
    }

    private List<Double> numbers(String where) throws IOException {
        List<Double> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(number(where));
        }
        return numbers;
    }

    private double number(String where) throws IOException {
        if (!json.currentToken().isNumeric() || !Double.isFinite(json.getDoubleValue())) {
            throw error(
                    where,
                    "found " + found(),
                    "a finite number, an array {\"shape\": [...], \"data\": [...]} or a group of these",
                    json.currentTokenLocation());
        }
        return json.getDoubleValue();
    }

    private String found() {
        return json.currentToken().isScalarValue()
                ? json.getString()
                : json.currentToken().asString();
    }

    private void require(boolean holds, String where, String problem, String expected) throws IOException {
        if (!holds) {
            throw error(where, problem, expected, json.currentTokenLocation());
        }
    }

    private static IOException error(String where, String problem, String expected, TokenStreamLocation at) {
        return new IOException(where + ": " + problem + " (line " + at.getLineNr() + ", column " + at.getColumnNr()
                + ")" + "\n  expected " + expected
                + "\n  fix: record it again; the format is in the documentation of Recordings");
    }
}
