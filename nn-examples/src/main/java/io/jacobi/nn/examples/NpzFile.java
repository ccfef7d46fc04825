package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.npy.NpyFormatException;
import io.jacobi.nn.io.npy.Npz;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.tabular.ArrayTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays x and y of an .npz file, also under the names X, x_train and y_train. With two dimensions x is a table. With
 * three or four it is images: {@code [images, height, width]}, {@code [images, channels, height, width]} or
 * {@code [images, height, width, channels]}, of which y has the classes.
 */
final class NpzFile {

    private static final float BYTE = 255;

    private final Path path;
    private final INDArray x;
    private final Npz npz;
    private final Optional<String> target;
    private final String suffix;

    private NpzFile(Path path, Npz npz, boolean test) throws IOException {
        this.path = path;
        this.npz = npz;
        this.suffix = test && npz.names().contains("x_test") ? "_test" : "_train";
        String features = find(npz, "x" + suffix, "X" + suffix, "x", "X").orElseThrow(() -> noFeatures(path, npz));
        this.target = find(npz, "y" + suffix, "Y" + suffix, "y", "Y");
        this.x = npz.read(features);
    }

    private static Optional<String> find(Npz npz, String... names) {
        return Arrays.stream(names).filter(npz.names()::contains).findFirst();
    }

    private static NpyFormatException noFeatures(Path path, Npz npz) {
        return new NpyFormatException(
                path + " has the arrays " + FileText.list(npz.names()),
                "x and y, or x_train and y_train",
                "numpy.savez(file, x=..., y=...)");
    }

    static boolean isOne(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    /** Receives the file while it is open. */
    interface Use<T> {
        T of(NpzFile file) throws IOException;
    }

    /**
     * Opens a file.
     *
     * @param test whether to read x_test and y_test if they are there
     */
    static <T> T read(Path path, boolean test, Use<T> use) throws IOException {
        try (Npz npz = Npz.open(path)) {
            return use.of(new NpzFile(path, npz, test));
        }
    }

    boolean isTable() {
        return x.rank() == 2;
    }

    ArrayTable table() throws IOException {
        ArrayTable table = ArrayTable.of(path.toString(), x);
        if (target.isEmpty()) {
            return table;
        }
        try {
            return table.withTarget(npz.readInts(target.get()));
        } catch (NpyFormatException notInts) {
            return table.withTarget(npz.read(target.get()));
        }
    }

    /**
     * Returns the images.
     *
     * @param classes the number of classes, or 0 for as many as the largest label says
     */
    ImageData images(int classes) throws IOException {
        int[] labels = npz.readInts(target.orElseThrow(() -> new NpyFormatException(
                path + " has no array y", "the class of each image", "numpy.savez(file, x=..., y=...)")));
        Shape image = image();
        float[][] pixels = pixels(image);
        int largest = Arrays.stream(labels).max().orElse(0);
        ArrayDataset data = ArrayDataset.of(pixels, labels).reshape(image);
        return new ImageData(
                ImageFiles.lastName(path),
                path + ": " + data.size() + " images of " + image.dim(1) + " x " + image.dim(2) + " pixels in "
                        + (largest + 1) + " classes, in numpy's arrays",
                data,
                Optional.empty(),
                ImageFiles.digits(Math.max(classes, largest + 1)),
                false);
    }

    private boolean isChannelsLast() {
        return x.rank() == 4 && !isChannels(x.size(1)) && isChannels(x.size(3));
    }

    private static boolean isChannels(long n) {
        return n == 1 || n == 3;
    }

    private Shape image() throws NpyFormatException {
        if (x.rank() == 3) {
            return Shape.of(1, x.size(1), x.size(2));
        } else if (x.rank() == 4 && isChannelsLast()) {
            return Shape.of(x.size(3), x.size(1), x.size(2));
        } else if (x.rank() == 4 && isChannels(x.size(1))) {
            return Shape.of(x.size(1), x.size(2), x.size(3));
        }
        throw new NpyFormatException(
                path + " has examples x of shape " + Arrays.toString(x.shape()),
                "[rows, columns] for a table, or images with 1 or 3 channels: [images, height, width],"
                        + " [images, channels, height, width] or [images, height, width, channels]",
                "reshape x");
    }

    /** The pixels of each image, one channel after another. Bytes become numbers from 0 to 1. */
    private float[][] pixels(Shape image) {
        int n = Math.toIntExact(x.size(0));
        int size = Math.toIntExact(image.size());
        int channels = Math.toIntExact(image.dim(0));
        boolean last = isChannelsLast();
        Scratch scratch = new Scratch();
        float[][] pixels = new float[n][size];
        float[] stored = new float[size];
        float largest = 0;
        for (int i = 0; i < n; i++) {
            Vectors.get(scratch, x, i * size, stored);
            for (int j = 0; j < size; j++) {
                int to = last ? j % channels * (size / channels) + j / channels : j;
                pixels[i][to] = stored[j];
                largest = Math.max(largest, stored[j]);
            }
        }
        if (largest > 1) {
            for (float[] row : pixels) {
                for (int j = 0; j < size; j++) {
                    row[j] /= BYTE;
                }
            }
        }
        return pixels;
    }
}
