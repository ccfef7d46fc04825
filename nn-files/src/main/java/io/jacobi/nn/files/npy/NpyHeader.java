package io.jacobi.nn.files.npy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a .npy file says of itself before its elements.
 *
 * <pre>
 * 6 bytes  0x93 N U M P Y
 * 2 bytes  version of the format: 1.0, 2.0 or 3.0
 * 2 or 4   the length of what follows, little-endian; 2 in version 1.0
 * then     {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }, spaces, and a line feed
 * </pre>
 *
 * Source: numpy.lib.format, "Format Version 1.0" to "3.0".
 *
 * @param bigEndian whether elements have their highest byte first
 * @param fortranOrder whether the first dimension changes fastest, and not the last
 * @param shape each dimension at least 1; their product fits an array
 */
public record NpyHeader(NpyType type, boolean bigEndian, boolean fortranOrder, List<Integer> shape) {

    /** As in numpy: no header of such types needs so much. */
    static final int MAX_LENGTH = 10_000;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    public NpyHeader {
        shape = List.copyOf(shape);
    }

    /** The number of elements. */
    public int elements() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** The length of all elements in the file. */
    public long dataBytes() {
        return (long) elements() * type.bytes();
    }

    /** The shape as an array. */
    public long[] dims() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    /**
     * Reads the header from a file of so many bytes, and checks that its elements are what is left of it.
     *
     * @throws NpyFormatException if they are not, or the header is none
     */
    public static NpyHeader read(DataInputStream in, long fileBytes) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new NpyFormatException(
                    "it does not begin as a .npy file", "the bytes 93 4e 55 4d 50 59", "give a file of numpy.save");
        }
        int lengthBytes = lengthBytes(start[MAGIC.length], start[MAGIC.length + 1]);
        long length = lengthBytes == 2
                ? Short.toUnsignedLong(Short.reverseBytes(in.readShort()))
                : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
        long rest = fileBytes - start.length - lengthBytes;
        if (length > Math.min(rest, MAX_LENGTH)) {
            throw new NpyFormatException(
                    "its header would have " + length + " bytes",
                    "at most " + Math.min(rest, MAX_LENGTH),
                    NpyFormatException.WRITE_AGAIN);
        }
        NpyHeader header = NpyHeaderParser.parse(in.readNBytes((int) length));
        header.requireBytes(rest - length);
        return header;
    }

    private static int lengthBytes(int major, int minor) throws NpyFormatException {
        if (minor != 0 || major < 1 || major > 3) {
            throw new NpyFormatException(
                    "its format has the version " + Byte.toUnsignedInt((byte) major) + "."
                            + Byte.toUnsignedInt((byte) minor),
                    "1.0, 2.0 or 3.0",
                    NpyFormatException.WRITE_AGAIN);
        }
        return major == 1 ? 2 : 4;
    }

    private void requireBytes(long bytes) throws NpyFormatException {
        if (dataBytes() != bytes) {
            throw new NpyFormatException(
                    "there are " + bytes + " bytes of elements",
                    dataBytes() + ", for " + shape + " of " + type.code(),
                    NpyFormatException.WRITE_AGAIN);
        }
    }

    /** Writes a header of version 1.0, as numpy does: elements begin at a multiple of 64 bytes. */
    public void write(OutputStream out) throws IOException {
        String dims =
                shape.stream().map(String::valueOf).collect(Collectors.joining(", ")) + (shape.size() == 1 ? "," : "");
        String text = "{'descr': '" + (bigEndian ? '>' : '<') + type.code() + "', 'fortran_order': "
                + (fortranOrder ? "True" : "False") + ", 'shape': (" + dims + "), }";
        int before = MAGIC.length + 4;
        int length = (before + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - before;
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) length, (byte) (length >> Byte.SIZE)});
        String padded = text + " ".repeat(length - 1 - text.length()) + "\n";
        out.write(padded.getBytes(StandardCharsets.US_ASCII));
    }
}
