package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A text file or a stream, which may be compressed by gzip and begin with a byte order mark. Text in another encoding is
 * refused.
 */
final class TextFile {

    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    /** The four bytes at the start of a ZIP archive. */
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** What stands for bytes that are no character. */
    private static final char REPLACED = '\ufffd';

    /** The most characters of a line that are shown before a fault. */
    private static final int SHOWN = 20;

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
                RewoundStream read = pipe.get();
                if (read == null) {
                    // Files.newInputStream seeks, which a pipe cannot
                    read = new RewoundStream(new FileInputStream(path.toFile()), path.toString());
                    pipe.set(read);
                }
                return read.open();
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
        in.mark(ZIP.length);
        byte[] first = in.readNBytes(ZIP.length);
        in.reset();
        if (Arrays.equals(first, ZIP)) {
            in.close();
            throw new TableException(
                    name + " is a ZIP archive, as a spreadsheet is",
                    "text, which may be compressed by gzip",
                    "export the sheet as CSV in UTF-8, or unpack the archive");
        }
        if (!startsWith(first, GZIP_1, GZIP_2)) {
            return in;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
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

    /**
     * Returns what to throw for an exception while the text was read, with the name of the file: with the line of a
     * character that is not in the encoding, if the text can be read again.
     */
    IOException unreadable(IOException e) throws IOException {
        if (e instanceof CharacterCodingException) {
            Charset encoding = repeatable ? marked() : charset;
            throw new TableException(
                    name + (repeatable ? placeOfFault() : "") + ": not text in " + encoding,
                    "the encoding " + encoding,
                    "save the file as UTF-8, or give its encoding, such as ISO-8859-1 or windows-1252");
        } else if (e instanceof ZipException || e instanceof EOFException) {
            return new IOException(
                    name + " is compressed by gzip, and damaged or cut off: " + e.getMessage()
                            + "\n  expected a whole file\n  fix: write, copy or download it again",
                    e);
        }
        return e;
    }

    private Charset marked() throws IOException {
        try (InputStream in = bytes()) {
            return skipMark(in);
        }
    }

    /** The line, the character in it, and what stands before it. */
    private String placeOfFault() throws IOException {
        long line = 1;
        long character = 1;
        StringBuilder before = new StringBuilder();
        try (InputStream in = bytes();
                Reader text = new BufferedReader(new InputStreamReader(in, skipMark(in)))) {
            for (int c = text.read(); c >= 0 && c != REPLACED; c = text.read()) {
                character++;
                before.append((char) c).delete(0, Math.max(0, before.length() - SHOWN));
                if (c == '\n') {
                    line++;
                    character = 1;
                    before.setLength(0);
                }
            }
        }
        return ", line " + line + ", character " + character
                + (before.length() == 0 ? "" : ", after " + TableException.quote(before.toString()));
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
        } catch (IOException e) {
            throw unreadable(e);
        }
        return line.toString();
    }
}
