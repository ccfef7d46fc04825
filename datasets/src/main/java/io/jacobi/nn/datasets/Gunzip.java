package io.jacobi.nn.datasets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks a gzip file, which has one or more members, and nothing after them:
 *
 * <pre>
 * bytes 0 to 9   1f 8b 08 flags, time (4), two more; then what the flags announce
 * then           the deflated bytes
 * 8 bytes        their CRC-32 and their number modulo 2^32, little-endian
 * </pre>
 *
 * {@link java.util.zip.GZIPInputStream} ignores what follows the last member. Source: RFC 1952.
 */
final class Gunzip extends InputStream {

    static final int MAGIC = 0x1f8b;

    private static final int DEFLATED = 8;
    private static final int FIXED_HEADER = 10;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final byte[] packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int at;
    private boolean inMember;

    Gunzip(byte[] packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || at < packed.length) {
            if (!inMember) {
                begin();
            }
            int n = inflate(bytes, offset, length);
            if (n > 0) {
                crc.update(bytes, offset, n);
                return n;
            } else if (inflater.finished()) {
                end();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("it needs a dictionary");
            } else {
                throw new EOFException();
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException e) {
            ZipException damaged = new ZipException(String.valueOf(e.getMessage()));
            damaged.initCause(e);
            throw damaged;
        }
    }

    private void begin() throws IOException {
        if (at > 0 && (packed.length - at < 2 || (next() << Byte.SIZE | next()) != MAGIC)) {
            throw new ZipException("there are bytes after its end");
        } else if (at == 0) {
            at = 2;
        }
        int method = next();
        int flags = next();
        if (method != DEFLATED || flags >= 2 * HAS_COMMENT) {
            throw new ZipException("its method is " + method + " with flags " + flags);
        }
        skip(FIXED_HEADER - 4);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << Byte.SIZE);
        }
        skipText((flags & HAS_NAME) != 0);
        skipText((flags & HAS_COMMENT) != 0);
        skip((flags & HAS_CRC) != 0 ? 2 : 0);
        inflater.reset();
        inflater.setInput(packed, at, packed.length - at);
        crc.reset();
        inMember = true;
    }

    private void end() throws IOException {
        at = packed.length - inflater.getRemaining();
        if (number() != crc.getValue() || number() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("its checksum differs");
        }
        inMember = false;
    }

    private int next() throws EOFException {
        if (at == packed.length) {
            throw new EOFException();
        }
        return Byte.toUnsignedInt(packed[at++]);
    }

    private long number() throws EOFException {
        return next() | (next() << Byte.SIZE) | (next() << (2 * Byte.SIZE)) | ((long) next() << (3 * Byte.SIZE));
    }

    private void skip(int bytes) throws EOFException {
        if (bytes > packed.length - at) {
            throw new EOFException();
        }
        at += bytes;
    }

    private void skipText(boolean present) throws EOFException {
        // a text ends with a zero
        for (boolean more = present; more; ) {
            more = next() != 0;
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
