package io.jacobi.nn.tabular;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The rows of a table in memory, as codes: a category takes one number there, and its one-hot features exist only in the
 * batch that is read.
 */
final class EncodedRows implements Dataset {

    /** The bytes of a block at most, unless a row takes more; growing by blocks copies nothing. */
    private static final long BLOCK_BYTES = 1 << 20;

    private final RowEncoder encoder;
    private final int targetWidth;
    private final Shape target;
    private final MemoryLimit memory;
    private final int block;
    private final List<float[]> codes = new ArrayList<>();
    private final List<float[]> targets = new ArrayList<>();
    private int size;

    /**
     * Starts without rows.
     *
     * @param header the columns of the rows
     * @param memory which may be shared with other rows
     */
    EncodedRows(TableEncoding encoding, List<String> header, MemoryLimit memory) {
        this.encoder = RowEncoder.of(encoding, header);
        this.targetWidth = encoding.target().width();
        this.target = encoding.target().outputs() > 1 && targetWidth == 1 ? Shape.of() : Shape.of(targetWidth);
        this.memory = memory;
        this.block = (int) Math.max(1, Math.min(4096, BLOCK_BYTES / bytesPerRow()));
    }

    /**
     * Adds a row with its target.
     *
     * @throws io.jacobi.nn.files.table.TableException if it does not fit the memory, or a cell is not of its column's
     *     kind
     */
    void add(List<? extends @Nullable Object> row) {
        int at = size % block;
        if (at == 0) {
            memory.take(block * bytesPerRow(), bytesPerRow());
            codes.add(new float[block * encoder.codes()]);
            targets.add(new float[block * targetWidth]);
        }
        encoder.encode(row, codes.get(size / block), at * encoder.codes());
        encoder.encodeTarget(row, targets.get(size / block), at * targetWidth);
        size++;
    }

    /** The bytes that a row takes. */
    long bytesPerRow() {
        return 4L * (encoder.codes() + targetWidth);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape features() {
        return Shape.of(encoder.features());
    }

    @Override
    public Shape target() {
        return target;
    }

    @Override
    public void read(int[] rows, int from, int count, INDArray features, INDArray targets) {
        Scratch scratch = new Scratch();
        float[] x = new float[encoder.features()];
        float[] y = new float[targetWidth];
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            encoder.expand(codes.get(row / block), row % block * encoder.codes(), x, 0);
            Vectors.set(scratch, features, i * x.length, x);
            System.arraycopy(this.targets.get(row / block), row % block * targetWidth, y, 0, targetWidth);
            Vectors.set(scratch, targets, i * targetWidth, y);
        }
    }
}
