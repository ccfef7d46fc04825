package io.jacobi.nn.files;

import java.util.List;

/**
 * The entry of one tensor in the header of a safetensors file.
 *
 * @param shape the dimensions, slowest first; empty for a single number; a dimension may be 0
 * @param begin the position of the first byte, counted from the end of the header
 * @param end the position after the last byte
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long begin, long end) {

    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** The number of elements. */
    public long elements() {
        return bytes() / type.bytes();
    }

    /** The number of bytes of all elements. */
    public long bytes() {
        return end - begin;
    }
}
