package io.jacobi.nn.bench.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Native memory that a caller fills again and again with the rows of a request, as a service would that wants to be fast. */
public final class DirectRows {

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /** These rows, one behind the other, until it is called again. */
    public ByteBuffer holding(float[][] rows) {
        int bytes = rows.length * Workload.PIXELS * Float.BYTES;
        if (buffer.capacity() != bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        FloatBuffer floats = buffer.asFloatBuffer();
        for (float[] row : rows) {
            floats.put(row);
        }
        return buffer;
    }
}
