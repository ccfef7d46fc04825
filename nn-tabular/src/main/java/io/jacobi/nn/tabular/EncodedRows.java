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

    /** The rows of a block, so that growing copies nothing. */
    private static final int BLOCK = 4096;

    private final RowEncoder encoder;
    private final int targetWidth;
    private final Shape target;
    private final List<float[]> codes = new ArrayList<>();
    private final List<float[]> targets = new ArrayList<>();
    private int size;

    EncodedRows(TableEncoding encoding, List<String> header) {
        this.encoder = RowEncoder.of(encoding, header);
        this.targetWidth = encoding.target().width();
        this.target = encoding.target().outputs() > 1 && targetWidth == 1 ? Shape.of() : Shape.of(targetWidth);
    }

    /** Adds a row with its target. */
    void add(List<? extends @Nullable Object> row) {
        int at = size % BLOCK;
        if (at == 0) {
            codes.add(new float[BLOCK * encoder.codes()]);
            targets.add(new float[BLOCK * targetWidth]);
        }
        encoder.encode(row, codes.get(size / BLOCK), at * encoder.codes());
        encoder.encodeTarget(row, targets.get(size / BLOCK), at * targetWidth);
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
            encoder.expand(codes.get(row / BLOCK), row % BLOCK * encoder.codes(), x, 0);
            Vectors.set(scratch, features, i * x.length, x);
            System.arraycopy(this.targets.get(row / BLOCK), row % BLOCK * targetWidth, y, 0, targetWidth);
            Vectors.set(scratch, targets, i * targetWidth, y);
        }
    }
}
