package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;

/**
 * A text file or a stream, which may be compressed by gzip and begin with a byte order mark. Text in another encoding is
 * refused.
 */
final class TextFile {

    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    /** Opens the bytes from the start. */
    private interface Bytes {
        InputStream open() throws IOException;
    }

    private final String name;
    private final Bytes source;
    private final boolean repeatable;
    private final Charset charset;

    private TextFile(String name, Bytes source, boolean repeatable, Charset charset) {
        this.name = name;
        this.source = source;
        this.repeatable = repeatable;
        this.charset = charset;
    }

    /** A file; a pipe is read as a stream. */
    TextFile(Path path, Charset charset) {
        this(path.toString(), bytes(path), Files.isRegularFile(path), charset);
    }

    /** A stream, which can be opened again while no more than its first bytes were read. */
    TextFile(InputStream in, String name, Charset charset) {
        this(name, new RewoundStream(in, name)::open, false, charset);
    }

    private static Bytes bytes(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            // such as the output of a command: predict MODEL <(zcat rows.gz)
            AtomicReference<RewoundStream> pipe = new AtomicReference<>();
            return () -> {
                if (pipe.get() == null) {
                    pipe.set(new RewoundStream(Files.newInputStream(path), path.toString()));
                }
                return pipe.get().open();
            };
        }
        return () -> {
            if (!Files.isRegularFile(path)) {
                throw new IOException(path + (Files.exists(path) ? " is not a file" : " does not exist")
                        + "\n  expected a file with a table");
            }
            return Files.newInputStream(path);
        };
    }

    /**
     * Opens the file.
     *
     * @throws IOException if it is not a file, or cannot be read
     */
    BufferedReader open() throws IOException {
        InputStream in = bytes();
        try {
            Charset marked = skipMark(in);
            return new BufferedReader(new InputStreamReader(
                    in,
                    marked.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Whether the text can be read more than once; a stream cannot. */
    boolean isRepeatable() {
        return repeatable;
    }

    private InputStream bytes() throws IOException {
        InputStream in = new BufferedInputStream(source.open(), 1 << 16);
        in.mark(2);
        boolean compressed = in.read() == GZIP_1 && in.read() == GZIP_2;
        in.reset();
        return compressed ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    }

    private Charset skipMark(InputStream in) throws IOException {
        in.mark(3);
        byte[] first = in.readNBytes(3);
        in.reset();
        if (startsWith(first, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            return StandardCharsets.UTF_8;
        } else if (startsWith(first, 0xfe, 0xff)) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        } else if (startsWith(first, 0xff, 0xfe)) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        return charset;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        byte[] expected = new byte[mark.length];
        for (int i = 0; i < mark.length; i++) {
            expected[i] = (byte) mark[i];
        }
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, expected, 0, mark.length);
    }

    /** Returns an exception for text that is not in the encoding, with the line where it is if the text can be read again. */
    TableException notDecoded() throws IOException {
        return new TableException(
                name + (repeatable ? ", line " + firstBadLine() : "") + " is not text in " + charset,
                "the encoding " + charset,
                "save the file as UTF-8, or give its encoding, such as ISO-8859-1 or windows-1252");
    }

    private long firstBadLine() throws IOException {
        long line = 1;
        try (InputStream in = bytes()) {
            byte[] bytes = new byte[1 << 16];
            int length = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n' || length == bytes.length) {
                    if (!isDecoded(bytes, length)) {
                        break;
                    }
                    length = 0;
                    line += b == '\n' ? 1 : 0;
                } else {
                    bytes[length++] = (byte) b;
                }
            }
        }
        return line;
    }

    private boolean isDecoded(byte[] bytes, int length) throws IOException {
        try (Reader text = new InputStreamReader(new ByteArrayInputStream(bytes, 0, length), charset.newDecoder())) {
            text.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** The first line without its end. */
    String firstLine() throws IOException {
        StringBuilder line = new StringBuilder();
        try (Reader text = open()) {
            for (int c = text.read(); c >= 0 && c != '\n' && c != '\r' && line.length() < 1 << 20; c = text.read()) {
                line.append((char) c);
            }
        } catch (CharacterCodingException e) {
            throw notDecoded();
        }
        return line.toString();
    }
}
