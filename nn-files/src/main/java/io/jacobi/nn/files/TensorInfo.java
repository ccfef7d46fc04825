package io.jacobi.nn.files;

import java.util.List;

/**
 * What a safetensors file says of one tensor; checked when the file was opened.
 *
 * @param shape its dimensions, slowest first; empty for a single number, and a dimension may be 0
 * @param begin where its bytes begin, counted from the end of the header
 * @param end the first byte after it
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long begin, long end) {

    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** The number of its elements. */
    public long elements() {
        return bytes() / type.bytes();
    }

    /** The length of its elements together. */
    public long bytes() {
        return end - begin;
    }
}
