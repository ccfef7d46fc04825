package io.jacobi.nn.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Counts the elements of a tensor of weights that are NaN or infinite. */
final class NonFiniteCount {

    /** A multiple of the size of an element. */
    private static final int PIECE = 1 << 16;

    private NonFiniteCount() {}

    /** The count in a tensor of F32 or F64. */
    static long of(Safetensors file, TensorInfo tensor) throws IOException {
        long[] count = {0};
        file.read(tensor.name(), tensor.elements(), in -> count[0] = count(in, tensor.type() == TensorType.F32));
        return count[0];
    }

    private static long count(InputStream in, boolean floats) throws IOException {
        byte[] bytes = new byte[PIECE];
        ByteBuffer piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long count = 0;
        for (int n = in.readNBytes(bytes, 0, PIECE); n > 0; n = in.readNBytes(bytes, 0, PIECE)) {
            int size = floats ? Float.BYTES : Double.BYTES;
            for (int i = 0; i + size <= n; i += size) {
                boolean finite = floats ? Float.isFinite(piece.getFloat(i)) : Double.isFinite(piece.getDouble(i));
                count += finite ? 0 : 1;
            }
        }
        return count;
    }
}
