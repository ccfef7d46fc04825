package io.jacobi.nn.bench.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A direct buffer that is reused for the rows of every request, as in a service that avoids allocation. */
public final class DirectRows {

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /** Returns a buffer with the rows one after another, valid until the next call. */
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
