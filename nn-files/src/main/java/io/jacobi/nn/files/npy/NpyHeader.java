package io.jacobi.nn.files.npy;

import io.jacobi.nn.files.FileKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The header of a .npy file, which describes the elements after it.
 *
 * <pre>
 * 6 bytes  0x93 N U M P Y
 * 2 bytes  version of the format: 1.0, 2.0 or 3.0
 * 2 or 4   the length of the rest of the header, little-endian; 2 bytes in version 1.0
 * then     {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }, spaces, and a line feed
 * </pre>
 *
 * Source: numpy.lib.format, "Format Version 1.0" to "3.0".
 *
 * @param bigEndian whether the highest byte of an element comes first
 * @param fortranOrder whether the first dimension changes fastest, instead of the last
 * @param shape the dimensions, each at least 1, with a product below 2^31
 */
public record NpyHeader(NpyType type, boolean bigEndian, boolean fortranOrder, List<Integer> shape) {

    /** The longest header, as in numpy; a header of these types is much shorter. */
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

    /** The number of bytes of all elements. */
    public long dataBytes() {
        return (long) elements() * type.bytes();
    }

    /** The shape as an array. */
    public long[] dims() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    /**
     * Reads the header of a file, and checks that the rest of the file has the length of the elements.
     *
     * @param fileBytes the length of the file
     * @throws NpyFormatException if the header is malformed, or if the rest of the file has another length
     */
    public static NpyHeader read(DataInputStream in, long fileBytes) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            Optional<FileKind> other = FileKind.of(start);
            throw new NpyFormatException(
                    "it does not begin like a .npy file"
                            + other.map(kind -> ": it is " + kind.description()).orElse(""),
                    "the bytes 93 4e 55 4d 50 59",
                    other.map(FileKind::fix).orElse("write the file with numpy.save"));
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
                    "its format version is " + Byte.toUnsignedInt((byte) major) + "."
                            + Byte.toUnsignedInt((byte) minor),
                    "1.0, 2.0 or 3.0",
                    NpyFormatException.WRITE_AGAIN);
        }
        return major == 1 ? 2 : 4;
    }

    private void requireBytes(long bytes) throws NpyFormatException {
        if (dataBytes() != bytes) {
            throw new NpyFormatException(
                    "it has " + bytes + " bytes of elements",
                    dataBytes() + " bytes for " + shape + " of " + type.code(),
                    NpyFormatException.WRITE_AGAIN);
        }
    }

    /** Writes a header of version 1.0 with numpy's padding: the elements begin at a multiple of 64 bytes. */
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
