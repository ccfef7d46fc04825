package io.jacobi.nn.tabular;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that can be read from its start again while no more than its first bytes were read, as for the header of a
 * table, and then once to its end.
 */
final class RewoundStream {

    /** The most bytes that are kept to be read again. */
    private static final int MOST = 8 << 20;

    private final String name;
    private final BufferedInputStream in;
    private boolean opened;

    RewoundStream(InputStream in, String name) {
        this.name = name;
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * Returns the stream from its start. Closing it leaves the stream itself open.
     *
     * @throws IOException if more than its first bytes were read
     */
    InputStream open() throws IOException {
        if (opened) {
            try {
                in.reset();
            } catch (IOException passed) {
                throw new IOException(
                        name + " can be read once only\n  fix: store it in a file, and give the file's name", passed);
            }
        }
        opened = true;
        in.mark(MOST);
        return new FilterInputStream(in) {
            @Override
            public void close() {}
        };
    }
}
