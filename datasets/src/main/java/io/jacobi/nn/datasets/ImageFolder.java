package io.jacobi.nn.datasets;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images of classes: a folder with a folder for each class, whose name is the class's. Files that do not end as an image,
 * and names that begin with a point, are passed over.
 *
 * <pre>
 * pets/cat/1.png, pets/cat/2.jpg, pets/dog/1.png
 * </pre>
 */
public final class ImageFolder {

    private static final Set<String> ENDS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

    private final Path directory;
    private final List<String> labels;
    private final List<Path> files;

    private ImageFolder(Path directory, List<String> labels, List<Path> files) {
        this.directory = directory;
        this.labels = labels;
        this.files = files;
    }

    /** Whether the directory has a folder with an image in it. */
    public static boolean isAt(Path directory) throws IOException {
        for (Path folder : folders(directory)) {
            if (!images(folder).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lists the images, in the order of their names.
     *
     * @throws IOException if the directory cannot be read
     * @throws IllegalArgumentException if there is no image, or a folder has none
     */
    public static ImageFolder at(Path directory) throws IOException {
        List<String> labels = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Path folder : folders(directory)) {
            List<Path> images = images(folder);
            if (images.isEmpty()) {
                throw new IllegalArgumentException(folder + " has no image\n  expected a folder for each class, with "
                        + "PNG, JPEG, GIF or BMP images\n  fix: add some, or move the folder away");
            }
            labels.add(folder.getFileName().toString());
            files.addAll(images);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(directory + " has no folder with images"
                    + "\n  expected a folder for each class, with PNG, JPEG, GIF or BMP images");
        }
        return new ImageFolder(directory, List.copyOf(labels), List.copyOf(files));
    }

    private static List<Path> folders(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isDirectory(entry) && !isHidden(entry))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry) && !isHidden(entry) && isImage(entry))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** Whether the name of a file ends as an image's. */
    public static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The classes: the names of the folders, sorted. */
    public List<String> labels() {
        return labels;
    }

    /** The number of images. */
    public int size() {
        return files.size();
    }

    /**
     * The shape that holds all images, {@code [channels, height, width]}: one channel if all are grey, and the largest
     * height and width. Decodes every image.
     *
     * @throws IOException if an image cannot be decoded
     */
    public Shape largest() throws IOException {
        int channels = 1;
        int height = 1;
        int width = 1;
        for (Path file : files) {
            Pixels image = Pixels.read(file);
            channels = Math.max(channels, image.channels());
            height = Math.max(height, image.height());
            width = Math.max(width, image.width());
        }
        return Shape.of(channels, height, width);
    }

    /**
     * Reads all images into memory off the heap, 4 bytes for each pixel of a channel, with the index of their class as
     * the target. Pixels are from 0 to 1. Images of another size are resized: a new pixel is the mean over its area.
     *
     * @param image {@code [channels, height, width]}, with 1 channel for grey or 3 for red, green and blue
     * @param classes the names of the classes in the order of their indices
     * @throws IOException if an image cannot be decoded
     * @throws IllegalArgumentException if the shape is another one, or a folder is not one of the classes
     */
    public ArrayDataset load(Shape image, List<String> classes) throws IOException {
        if (image.rank() != 3 || (image.dim(0) != 1 && image.dim(0) != 3)) {
            throw new IllegalArgumentException("Images of shape " + image
                    + "\n  expected [channels, height, width], with 1 channel for grey or 3 for red, green and blue");
        }
        for (String label : labels) {
            if (!classes.contains(label)) {
                throw new IllegalArgumentException(directory + " has a folder \"" + FileText.show(label)
                        + "\"\n  expected a folder for each class of the model, " + FileText.list(classes)
                        + "\n  fix: move it away, or train with it");
            }
        }
        INDArray x = Memory.array(DataType.FLOAT, files.size(), image.dim(0), image.dim(1), image.dim(2));
        INDArray y = Memory.array(DataType.FLOAT, files.size());
        Scratch scratch = new Scratch();
        float[] pixels = new float[Math.toIntExact(image.size())];
        for (int i = 0; i < files.size(); i++) {
            read(files.get(i), image, pixels);
            Vectors.set(scratch, x, i * pixels.length, pixels);
            String label = folder(files.get(i));
            Vectors.set(scratch, y, i, new float[] {classes.indexOf(label)});
        }
        return ArrayDataset.of(x, y);
    }

    /** The name of the folder that a file is in. */
    private static String folder(Path file) {
        return Objects.requireNonNull(file.getParent()).getFileName().toString();
    }

    /**
     * Reads one image as {@link #load} does.
     *
     * @param pixels receives the pixels, one channel after another
     * @throws IOException if the image cannot be decoded
     */
    public static void read(Path file, Shape image, float[] pixels) throws IOException {
        Pixels.read(file)
                .withChannels(Math.toIntExact(image.dim(0)))
                .resized(Math.toIntExact(image.dim(1)), Math.toIntExact(image.dim(2)))
                .copyTo(pixels, 0);
    }

    @Override
    public String toString() {
        return directory + ", " + files.size() + " images of " + labels.size() + " classes";
    }
}
