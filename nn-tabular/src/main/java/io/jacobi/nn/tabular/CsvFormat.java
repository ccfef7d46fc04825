package io.jacobi.nn.tabular;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a CSV file is written: RFC 4180 with a header. Start from {@link #DETECTED}.
 *
 * @param separator the character between cells; if absent, the one of {@code , ; | tab} that the first line has most
 * @param charset the encoding, unless the file begins with a byte order mark, which then decides
 * @param header whether the first line has the names of the columns; without it, they are called c1, c2, ...
 */
public record CsvFormat(Optional<Character> separator, Charset charset, boolean header) {

    /** UTF-8 with a header; the separator is detected. */
    public static final CsvFormat DETECTED = new CsvFormat(Optional.empty(), StandardCharsets.UTF_8, true);

    /** Returns a copy with a separator. */
    public CsvFormat withSeparator(char character) {
        return new CsvFormat(Optional.of(character), charset, header);
    }

    /** Returns a copy with another encoding. */
    public CsvFormat withCharset(Charset encoding) {
        return new CsvFormat(separator, encoding, header);
    }

    /** Returns a copy for files without a header. */
    public CsvFormat withoutHeader() {
        return new CsvFormat(separator, charset, false);
    }

    /** The separator of a file with this first line. */
    char separatorOf(String line) {
        if (separator.isPresent()) {
            return separator.get();
        }
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = countOutsideQuotes(line, candidate);
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static long countOutsideQuotes(String line, char character) {
        long count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == character && !quoted) {
                count++;
            }
        }
        return count;
    }
}
