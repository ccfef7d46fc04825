package io.jacobi.nn.examples;

import io.jacobi.nn.tabular.CsvFormat;
import io.jacobi.nn.tabular.CsvTable;
import io.jacobi.nn.tabular.JsonLinesTable;
import io.jacobi.nn.tabular.Table;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Recognises what a path is. */
final class DataFiles {

    /** The standard input. */
    static final Path STANDARD = Path.of("-");

    private static final List<String> JSON_ENDS = List.of(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz");

    private DataFiles() {}

    /** Whether there are images of classes here: IDX files or folders. */
    static boolean isImages(Path path) throws IOException {
        return Files.isDirectory(path) || ImageFiles.isIdx(path);
    }

    /**
     * Checks that a path names something.
     *
     * @throws IllegalArgumentException if it does not
     */
    static void requireExists(Path path) {
        if (!path.equals(STANDARD) && !Files.exists(path)) {
            throw new IllegalArgumentException(path + " has neither rows nor images: it does not exist"
                    + "\n  expected a table (CSV, JSON lines, .npz), a folder with a folder of images for each class,"
                    + " or the IDX files of MNIST's format"
                    + "\n  fix: check the path");
        }
    }

    /** Whether a file is named as one of JSON lines, or begins with an object. */
    static boolean isJsonLines(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (JSON_ENDS.stream().anyMatch(name::endsWith)) {
            return true;
        } else if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return beginsWithObject(in);
        }
    }

    private static boolean beginsWithObject(InputStream in) throws IOException {
        int c = in.read();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = in.read();
        }
        return c == '{';
    }

    /** Opens a table in a file, or on the standard input. */
    static Table table(Path path, CsvFormat format, InputStream standard) throws IOException {
        if (path.equals(STANDARD)) {
            BufferedInputStream in = new BufferedInputStream(standard);
            in.mark(1 << 10);
            boolean json = beginsWithObject(in);
            in.reset();
            return json ? JsonLinesTable.of(in, "standard input") : CsvTable.of(in, "standard input", format);
        }
        if (isJsonLines(path)) {
            return JsonLinesTable.of(path);
        }
        return CsvTable.of(path, format);
    }
}
