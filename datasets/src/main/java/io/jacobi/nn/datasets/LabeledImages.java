package io.jacobi.nn.datasets;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.ArrayDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads images and class labels from a pair of IDX files, the format of MNIST and of data sets modelled on it. */
public final class LabeledImages {

    /** Scales pixels to the range 0 to 1. */
    private static final float PIXEL_SCALE = 1 / 255f;

    private LabeledImages() {}

    /**
     * Reads {@code PREFIX-images-idx3-ubyte} and {@code PREFIX-labels-idx1-ubyte}, each with or without {@code .gz},
     * from a directory. Kaggle's names are accepted too: {@code PREFIX-images.idx3-ubyte}, or the file in a directory
     * of its own name.
     *
     * @param prefix {@code train} or {@code t10k} in the usual sets
     * @param classes the number of classes; labels are 0 to classes - 1
     * @throws IdxFormatException if a file is damaged
     * @throws IOException if a file is missing
     * @throws IllegalArgumentException if the files do not belong together, or a label is not a class
     */
    public static ArrayDataset load(Path directory, String prefix, int classes) throws IOException {
        Path images = find(directory, prefix + "-images-idx3-ubyte");
        Path labels = find(directory, prefix + "-labels-idx1-ubyte");
        return combine(Idx.read(images), images.toString(), Idx.read(labels), labels.toString(), classes);
    }

    private static Path find(Path directory, String name) throws IOException {
        String withDot = name.replace("-idx", ".idx");
        for (String candidate : List.of(name, name + ".gz", withDot, withDot + ".gz", name + "/" + name)) {
            // Kaggle's archive has a directory with the name of the file
            if (Files.isRegularFile(directory.resolve(candidate))) {
                return directory.resolve(candidate);
            }
        }
        throw new IOException(directory + " has neither " + name + " nor " + name + ".gz"
                + "\n  expected one of them, or " + withDot
                + "\n  fix: give the directory that contains the four IDX files");
    }

    /** Combines the images, as vectors of pixels from 0 to 1, with their labels, as class indices. */
    static ArrayDataset combine(Idx images, String imageSource, Idx labels, String labelSource, int classes) {
        if (images.shape().rank() != 3) {
            throw new ShapeException(
                    imageSource + " does not contain images",
                    "three dimensions, [images, rows, columns]",
                    images.shape().toString(),
                    "give the file with the images");
        }
        if (labels.shape().rank() != 1
                || labels.shape().dim(0) != images.shape().dim(0)) {
            throw new ShapeException(
                    imageSource + " and " + labelSource + " do not belong together",
                    "one label for each image, [" + images.shape().dim(0) + "]",
                    labels.shape().toString(),
                    "give images and labels of the same data set");
        }
        for (int i = 0; i < labels.bytes().length; i++) {
            int label = Byte.toUnsignedInt(labels.bytes()[i]);
            if (label >= classes) {
                throw new IllegalArgumentException(labelSource + ": the label of image " + i + " is " + label
                        + "\n  expected 0 to " + (classes - 1)
                        + "\n  fix: download the file again, or check the number of classes");
            }
        }
        long pixels = images.shape().dim(1) * images.shape().dim(2);
        return ArrayDataset.of(images.toArray(PIXEL_SCALE), labels.toArray(1)).reshape(Shape.of(pixels));
    }
}
