package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jacobi.nn.files.table.TableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Tables that are read from a stream, such as the standard input. */
class StreamedTableTest {

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<?>> rows(Table table) throws IOException {
        List<List<?>> rows = new ArrayList<>();
        table.forEach((index, cells) -> rows.add(new ArrayList<>(cells)));
        return rows;
    }

    @Test
    void aStreamIsReadOnceFromItsHeaderToItsEnd() throws IOException {
        CsvTable table = CsvTable.of(stream("a;b\n1;2\n3;4\n"), "standard input", CsvFormat.DETECTED);

        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(rows(table)).isEqualTo(List.of(List.of("1", "2"), List.of("3", "4")));
    }

    @Test
    void aPackedStreamIsUnpacked() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write("\ufeffa,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        CsvTable table =
                CsvTable.of(new ByteArrayInputStream(bytes.toByteArray()), "standard input", CsvFormat.DETECTED);

        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(rows(table)).isEqualTo(List.of(List.of("1", "2")));
    }

    @Test
    void jsonLinesAreReadFromAStream() throws IOException {
        JsonLinesTable table = JsonLinesTable.of(stream("{\"a\": 1}\n{\"a\": null}\n{\"a\": 3}"), "standard input");

        assertThat(table.columns()).containsExactly("a");
        assertThat(rows(table)).hasSize(3);
    }

    /** 20 MB, of which only the first are kept to be read again. */
    @Test
    void aLongStreamIsReadToItsEndAndNotKept() throws IOException {
        CsvTable table = CsvTable.of(new Rows(2_000_000), "standard input", CsvFormat.DETECTED);
        long[] sum = {0};
        table.forEach((index, cells) -> sum[0] += Long.parseLong(String.valueOf(cells.get(0))));

        assertThat(sum[0]).isEqualTo(2_000_000L * 1_000_000_000L);
        assertThatIOException()
                .isThrownBy(() -> rows(table))
                .withMessage("standard input can be read once only\n"
                        + "  fix: store it in a file, and give the file's name");
    }

    @Test
    void anEmptyStreamIsNamed() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.of(stream(""), "standard input", CsvFormat.DETECTED))
                .withMessageContaining("standard input is empty");
    }

    @Test
    void anotherEncodingIsNamedWithoutALineBecauseTheStreamHasPassed() {
        byte[] latin = "name\nJos\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(
                        () -> rows(CsvTable.of(new ByteArrayInputStream(latin), "standard input", CsvFormat.DETECTED)))
                .withMessageContaining("standard input: not text in UTF-8");
    }

    /** A header, and rows with the number 10^9. */
    private static final class Rows extends InputStream {

        private static final byte[] ROW = "1000000000\n".getBytes(StandardCharsets.US_ASCII);

        private final long length;
        private long at;

        private Rows(int rows) {
            this.length = 2 + (long) rows * ROW.length;
        }

        @Override
        public int read(byte[] bytes, int from, int count) {
            int read = 0;
            for (int next; read < count && (next = read()) >= 0; read++) {
                bytes[from + read] = (byte) next;
            }
            return read == 0 && count > 0 ? -1 : read;
        }

        @Override
        public int read() {
            if (at == length) {
                return -1;
            }
            long place = at++;
            return place < 2 ? "x\n".charAt((int) place) : ROW[(int) ((place - 2) % ROW.length)];
        }
    }
}
