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

    private static final String IMAGES = "-images-idx3-ubyte";
    private static final String LABELS = "-labels-idx1-ubyte";

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
        ArrayDataset images = loadImages(directory, prefix, classes);
        return images.reshape(Shape.of(images.features().size()));
    }

    /** Reads the files as {@link #load} does; an example has the shape {@code [1, rows, columns]}. */
    public static ArrayDataset loadImages(Path directory, String prefix, int classes) throws IOException {
        Path images = find(directory, prefix + IMAGES);
        Path labels = find(directory, prefix + LABELS);
        return combine(Idx.read(images), images.toString(), Idx.read(labels), labels.toString(), classes);
    }

    /** Whether the directory has the images of MNIST's files with this prefix. */
    public static boolean isAt(Path directory, String prefix) {
        return candidates(prefix + IMAGES).stream().anyMatch(name -> Files.isRegularFile(directory.resolve(name)));
    }

    /** Returns the number of classes of the pair of files with this prefix: the largest label, and 1. */
    public static int classes(Path directory, String prefix) throws IOException {
        int largest = 0;
        for (byte label : Idx.read(find(directory, prefix + LABELS)).bytes()) {
            largest = Math.max(largest, Byte.toUnsignedInt(label));
        }
        return largest + 1;
    }

    private static List<String> candidates(String name) {
        String withDot = name.replace("-idx", ".idx");
        // Kaggle's archive has a directory with the name of the file
        return List.of(name, name + ".gz", withDot, withDot + ".gz", name + "/" + name);
    }

    private static Path find(Path directory, String name) throws IOException {
        String withDot = name.replace("-idx", ".idx");
        for (String candidate : candidates(name)) {
            if (Files.isRegularFile(directory.resolve(candidate))) {
                return directory.resolve(candidate);
            }
        }
        throw new IOException(directory + " has neither " + name + " nor " + name + ".gz"
                + "\n  expected one of them, or " + withDot
                + "\n  fix: give the directory that contains the four IDX files");
    }

    /** Combines the images, {@code [1, rows, columns]} with pixels from 0 to 1, with their labels, as class indices. */
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
        return ArrayDataset.of(images.toArray(PIXEL_SCALE), labels.toArray(1))
                .reshape(Shape.of(1, images.shape().dim(1), images.shape().dim(2)));
    }
}
