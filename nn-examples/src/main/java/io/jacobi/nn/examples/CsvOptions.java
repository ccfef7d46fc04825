package io.jacobi.nn.examples;

import io.jacobi.nn.tabular.CsvFormat;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How CSV files are written, where that is not the usual way. */
final class CsvOptions {

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description =
                    "The character between the cells of a CSV file, or tab (default: the one of , ; | and tab that"
                            + " the first line has most).")
    private Optional<String> separator = Optional.empty();

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "The encoding of a CSV file, such as ISO-8859-1 or windows-1252 (${DEFAULT-VALUE}).",
            defaultValue = "UTF-8")
    private Charset encoding = StandardCharsets.UTF_8;

    @Option(
            names = "--no-header",
            description = "The first line of a CSV file is a row; its columns are called c1, c2, ...")
    private boolean headless;

    CsvFormat format() {
        CsvFormat format = CsvFormat.DETECTED.withCharset(encoding);
        format = headless ? format.withoutHeader() : format;
        return separator.isPresent() ? format.withSeparator(character(separator.get())) : format;
    }

    private static char character(String text) {
        if (text.equals("tab") || text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1) {
            throw new IllegalArgumentException("--separator \"" + text + "\"\n  expected one character, or tab");
        }
        return text.charAt(0);
    }
}
