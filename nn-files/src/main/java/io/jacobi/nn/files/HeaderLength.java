package io.jacobi.nn.files;

import java.io.IOException;
import java.io.RandomAccessFile;

/** The first eight bytes of a safetensors file: the length of the header. */
final class HeaderLength {

    private HeaderLength() {}

    /** Reads the length, and checks that the header can be in the file. */
    static int of(RandomAccessFile file) throws IOException {
        long rest = file.length() - Long.BYTES;
        long length = rest < 0 ? -1 : Long.reverseBytes(file.readLong());
        if (length < 0 || length > rest) {
            requireNoOtherKind(file);
        }
        if (length < 0 || length > rest || length > SafetensorsHeader.MAX_BYTES) {
            throw new ModelFormatException(
                    rest < 0
                            ? "it has " + file.length() + " bytes"
                            : "its header would have " + Long.toUnsignedString(length) + " bytes",
                    rest < 0
                            ? "at least the 8 bytes with which a safetensors file begins"
                            : "at most " + Math.min(rest, SafetensorsHeader.MAX_BYTES),
                    "check that this is a complete safetensors file");
        }
        return (int) length;
    }

    /** Says what the file is, if it is of another kind. */
    private static void requireNoOtherKind(RandomAccessFile file) throws IOException {
        byte[] start = new byte[(int) Math.min(FileKind.BYTES, file.length())];
        file.seek(0);
        file.readFully(start);
        FileKind kind = FileKind.of(start).orElse(null);
        if (kind != null) {
            throw new ModelFormatException("it is " + kind.description(), "a safetensors file", kind.fix());
        }
    }
}
