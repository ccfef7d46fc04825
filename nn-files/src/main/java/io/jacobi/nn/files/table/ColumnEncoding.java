package io.jacobi.nn.files.table;

import java.util.List;

/**
 * How the cells of one column become features of a model, as it was fitted to the training rows. Implementations are
 * records, so that a model's file can hold them; a {@link CellEncoder} does the work.
 */
public sealed interface ColumnEncoding
        permits NumberEncoding,
                OrdinalEncoding,
                OneHotEncoding,
                IndexEncoding,
                WordsEncoding,
                HashEncoding,
                DateEncoding {

    /** The name of the column. */
    String column();

    /** The names of the features, in order. */
    List<String> features();

    /** The number of features. */
    default int width() {
        return features().size();
    }

    /** The number of codes of a cell: see {@link CellEncoder}. */
    default int codes() {
        return 1;
    }

    /** Returns an encoder for this column. */
    CellEncoder encoder();
}
