package io.jacobi.nn.files.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of well-formed and malformed .npy files. */
public final class NpyBytes {

    private NpyBytes() {}

    /** A file of version 1.0 with elements of eight bytes. */
    public static byte[] of(String descr, boolean fortran, String shape, long... elements) {
        ByteBuffer data = ByteBuffer.allocate(Long.BYTES * elements.length)
                .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(elements);
        String header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': "
                + shape + ", }\n";
        return of(header, data.array());
    }

    /** A file of version 1.0 with this header, which may be malformed. */
    public static byte[] of(String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .put(data)
                .array();
    }
}
