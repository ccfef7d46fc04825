package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import java.util.Locale;

/** The most bytes that the encoded rows of a table may take, training and validation rows together. */
final class MemoryLimit {

    private final long limit;
    private long used;

    MemoryLimit(long limit) {
        this.limit = limit;
    }

    /**
     * Counts memory that is about to be allocated.
     *
     * @throws TableException if it is more than is left
     */
    void take(long bytes, long bytesPerRow) {
        used += bytes;
        if (used > limit) {
            throw new TableException(
                    String.format(
                            Locale.ROOT, "the rows need more than %,d bytes, at %,d bytes each", limit, bytesPerRow),
                    "at most about " + limit / bytesPerRow + " rows of these columns",
                    "allow more memory, ignore wide columns such as texts, or train with a part of the rows");
        }
    }
}
