package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.datasets.ImageFolder;
import io.jacobi.nn.datasets.LabeledImages;
import io.jacobi.nn.datasets.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads images from the bundled MNIST, from the IDX files of MNIST's format, and from folders. */
final class ImageFiles {

    private static final String TRAIN = "train";
    private static final String TEST = "t10k";
    private static final String IDX_IMAGES = "-images";
    private static final List<String> TEST_FOLDERS = List.of("test", "val", "valid", "validation");

    /** Larger images are resized to this side unless a size is given. */
    private static final int LARGEST_SIDE = 64;

    private static final int SIDE = 32;

    private ImageFiles() {}

    static ImageData mnist() {
        Shape image = Shape.of(1, 28, 28);
        return new ImageData(
                "MNIST",
                "MNIST, bundled: 60000 images of 28 x 28 pixels in 10 classes, and 10000 test images",
                Mnist.train().reshape(image),
                Optional.of(Mnist.test().reshape(image)),
                digits(Mnist.CLASSES),
                true);
    }

    static List<String> digits(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /** Whether this is a directory with files of MNIST's names, or the file of the images of a pair. */
    static boolean isIdx(Path path) throws IOException {
        return Files.isDirectory(path)
                ? LabeledImages.isAt(path, TRAIN) || LabeledImages.isAt(path, TEST)
                : path.getFileName().toString().contains(IDX_IMAGES) && isIdxFile(path);
    }

    /** Whether a file has the name of images in IDX, which does not begin with its magic number if it is gzipped. */
    private static boolean isIdxFile(Path path) {
        return path.getFileName().toString().matches(".*-images[-.]idx3-ubyte(\\.gz)?");
    }

    /**
     * Reads a directory with the files train-images-idx3-ubyte, train-labels-idx1-ubyte, and perhaps the same with t10k,
     * or the pair of files of which {@code path} has the images.
     *
     * @param classes the number of classes, or 0 for as many as the largest label says
     */
    static ImageData idx(Path path, int classes) throws IOException {
        boolean whole = Files.isDirectory(path);
        Path directory =
                whole ? path : Objects.requireNonNull(path.toAbsolutePath().getParent());
        String file = path.getFileName() == null ? "" : path.getFileName().toString();
        String only = whole ? TEST : file.substring(0, file.lastIndexOf(IDX_IMAGES));
        boolean both = whole && LabeledImages.isAt(path, TRAIN);
        String first = both ? TRAIN : only;
        boolean test = both && LabeledImages.isAt(directory, TEST);
        int found = LabeledImages.classes(directory, first);
        int most = Math.max(classes, test ? Math.max(found, LabeledImages.classes(directory, TEST)) : found);
        ArrayDataset images = LabeledImages.loadImages(directory, first, most);
        Optional<ArrayDataset> tested =
                test ? Optional.of(LabeledImages.loadImages(directory, TEST, most)) : Optional.empty();
        return new ImageData(
                lastName(whole ? path : directory),
                path + ": " + size(images, most) + " in IDX files"
                        + tested.map(set -> ", and " + set.size() + " test images")
                                .orElse(""),
                images,
                tested,
                digits(most),
                true);
    }

    /** Whether this is a directory with a folder of images for each class, or with train/ and such folders in it. */
    static boolean isFolders(Path path) throws IOException {
        return Files.isDirectory(path) && (ImageFolder.isAt(path) || isSplit(path));
    }

    private static boolean isSplit(Path path) throws IOException {
        return Files.isDirectory(path.resolve(TRAIN)) && ImageFolder.isAt(path.resolve(TRAIN));
    }

    /**
     * Reads the images of folders, and resizes them.
     *
     * @param size height and width; if absent, the largest of the images, unless a side has more than 64 pixels
     */
    static ImageData folders(Path path, Optional<ImageSize> size) throws IOException {
        ImageFolder train = ImageFolder.at(isSplit(path) ? path.resolve(TRAIN) : path);
        Shape largest = train.largest();
        boolean small = Math.max(largest.dim(1), largest.dim(2)) <= LARGEST_SIDE;
        ImageSize chosen = size.orElse(
                small ? new ImageSize((int) largest.dim(1), (int) largest.dim(2)) : new ImageSize(SIDE, SIDE));
        Shape image = Shape.of(largest.dim(0), chosen.height(), chosen.width());
        ArrayDataset images = train.load(image, train.labels());
        Optional<ArrayDataset> test = Optional.empty();
        if (isSplit(path)) {
            for (String name : TEST_FOLDERS) {
                if (test.isEmpty() && Files.isDirectory(path.resolve(name))) {
                    test = Optional.of(ImageFolder.at(path.resolve(name)).load(image, train.labels()));
                }
            }
        }
        return new ImageData(
                lastName(path),
                path + ": " + size(images, train.labels().size()) + (image.dim(0) == 1 ? ", grey" : ", in colour")
                        + ", resized where they have another size"
                        + test.map(set -> ", and " + set.size() + " test images")
                                .orElse(""),
                images,
                test,
                train.labels(),
                false);
    }

    /**
     * Reads the images that a model is judged by: the test images, or all if there are no others.
     *
     * @param image the size that they get
     */
    static ArrayDataset judged(Path path, Shape image, List<String> labels) throws IOException {
        Path folder = path;
        if (isSplit(path)) {
            folder = TEST_FOLDERS.stream()
                    .map(path::resolve)
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(path.resolve(TRAIN));
        }
        return ImageFolder.at(folder).load(image, labels);
    }

    private static String size(ArrayDataset images, int classes) {
        Shape image = images.features();
        return images.size() + " images of " + image.dim(1) + " x " + image.dim(2) + " pixels in " + classes
                + " classes";
    }

    static String lastName(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }
}
