package io.jacobi.nn.tabular;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tables of the tests. */
final class Resources {

    private Resources() {}

    static CsvTable table(String name) throws IOException {
        URL url = Objects.requireNonNull(Resources.class.getResource("/" + name), name);
        try {
            return CsvTable.of(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(url.toString(), e);
        }
    }

    static List<List<String>> rows(Table table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        table.forEach((index, cells) ->
                rows.add(cells.stream().map(cell -> Objects.toString(cell, "")).toList()));
        return rows;
    }
}
