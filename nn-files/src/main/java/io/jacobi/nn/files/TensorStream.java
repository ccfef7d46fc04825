package io.jacobi.nn.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/** The bytes of a tensor, from the current position of its file. Closing the stream leaves the file open. */
final class TensorStream extends InputStream {

    private final RandomAccessFile file;
    private long left;

    TensorStream(RandomAccessFile file, long length) {
        this.file = file;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        left--;
        return file.readUnsignedByte();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int n = (int) Math.min(length, left);
        file.readFully(bytes, offset, n);
        left -= n;
        return n;
    }
}
