package io.jacobi.nn.tabular;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with named columns, which can be read from the start any number of times, so that a file need not fit into
 * memory. {@link CsvTable} and {@link JsonLinesTable} read files; {@link RowTable} holds rows.
 */
public interface Table {

    /** What messages and records call the table, such as the name of its file. */
    String name();

    /** The names of the columns, in the order of the cells. */
    List<String> columns();

    /**
     * Reads all rows in order.
     *
     * @throws IOException if the table cannot be read
     * @throws io.jacobi.nn.files.table.TableException if it is damaged, or if {@code consumer} throws one; the message
     *     begins with the place of the row
     */
    void forEach(RowConsumer consumer) throws IOException;

    /** Receives rows. */
    @FunctionalInterface
    interface RowConsumer {

        /**
         * Receives a row.
         *
         * @param index the number of the row from 0
         * @param cells one for each column, as {@link io.jacobi.nn.files.table.Cell} reads them; null if missing. The
         *     list is valid during the call only.
         */
        void accept(long index, List<? extends @Nullable Object> cells) throws IOException;
    }
}
