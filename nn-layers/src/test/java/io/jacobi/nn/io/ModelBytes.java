package io.jacobi.nn.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A model file taken apart into the JSON of its header and the bytes behind it, so that a test can put something else together. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ModelBytes(String header, byte[] data) {

    private static final String BEFORE = "\"jacobi\":\"";
    private static final String BETWEEN = "\",\"jacobi.sha256\":\"";
    private static final int HASH_DIGITS = 64;

    static ModelBytes of(byte[] file) {
        int length = Math.toIntExact(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        return new ModelBytes(
                new String(file, 8, length, StandardCharsets.UTF_8).stripTrailing(),
                Arrays.copyOfRange(file, 8 + length, file.length));
    }

    /** The same data behind another header. */
    ModelBytes withHeader(String json) {
        return new ModelBytes(json, data);
    }

    /** What the file says of the model, as JSON. */
    String description() {
        return header.substring(begin(), end()).replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /** Returns a copy with another description, and the hash that belongs to it. */
    ModelBytes withDescription(String json) {
        String escaped = json.replace("\\", "\\\\").replace("\"", "\\\"");
        int behindTheHash = end() + BETWEEN.length() + HASH_DIGITS;
        return withHeader(
                header.substring(0, begin()) + escaped + BETWEEN + sha256(json) + header.substring(behindTheHash));
    }

    private int begin() {
        return header.indexOf(BEFORE) + BEFORE.length();
    }

    private int end() {
        return header.indexOf(BETWEEN, begin());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    byte[] bytes() {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
