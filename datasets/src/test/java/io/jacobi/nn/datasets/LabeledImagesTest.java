package io.jacobi.nn.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.ArrayDataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabeledImagesTest {

    @TempDir
    private Path directory;

    private void images(int count) throws IOException {
        Files.write(
                directory.resolve("train-images-idx3-ubyte"), IdxTest.idx(0x0803, new int[] {count, 2, 2}, count * 4));
    }

    private void labels(int... labels) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(0x0801).putInt(labels.length);
        for (int label : labels) {
            file.put((byte) label);
        }
        Files.write(directory.resolve("train-labels-idx1-ubyte.gz"), IdxTest.gzip(file.array()));
    }

    @Test
    void pairsImagesWithTheirLabels() throws IOException {
        images(3);
        labels(2, 0, 1);

        ArrayDataset data = LabeledImages.load(directory, "train", 3);

        assertThat(data.size()).isEqualTo(3);
        assertThat(data.features()).isEqualTo(Shape.of(4));
        assertThat(data.target()).isEqualTo(Shape.of());
    }

    @Test
    void rejectsFilesOfDifferentCount() throws IOException {
        images(3);
        labels(2, 0);

        assertThatThrownBy(() -> LabeledImages.load(directory, "train", 3))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3]")
                .hasMessageContaining("[2]")
                .hasMessageContaining("fix:");
    }

    @Test
    void rejectsALabelThatIsNoClass() throws IOException {
        images(3);
        labels(2, 3, 1);

        assertThatThrownBy(() -> LabeledImages.load(directory, "train", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label of image 1 is 3")
                .hasMessageContaining("0 to 2");
    }

    @Test
    void rejectsLabelsGivenAsImages() throws IOException {
        Files.write(directory.resolve("train-images-idx3-ubyte"), IdxTest.idx(0x0801, new int[] {3}, 3));
        labels(2, 3, 1);

        assertThatThrownBy(() -> LabeledImages.load(directory, "train", 10))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("does not contain images");
    }

    @Test
    void namesTheMissingFile() throws IOException {
        images(3);

        assertThatThrownBy(() -> LabeledImages.load(directory, "train", 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("train-labels-idx1-ubyte.gz");
    }

    /** Kaggle's archive of MNIST has a directory beside the file, and the same file in it. */
    @Test
    void readsTheNamesOfKaggle() throws IOException {
        images(3);
        labels(2, 0, 1);
        Path images = directory.resolve("train-images-idx3-ubyte");
        Path content = Files.move(images, directory.resolve("content"));
        Path inside = Files.createDirectory(images).resolve("train-images-idx3-ubyte");

        assertThatThrownBy(() -> LabeledImages.load(directory, "train", 3))
                .hasMessageContainingAll("train-images-idx3-ubyte.gz", "or train-images.idx3-ubyte", "fix: ");
        Files.copy(content, inside);
        assertThat(LabeledImages.load(directory, "train", 3).size()).isEqualTo(3);
        Files.delete(inside);
        Files.move(content, directory.resolve("train-images.idx3-ubyte"));
        assertThat(LabeledImages.load(directory, "train", 3).size()).isEqualTo(3);
    }

    @Test
    void knowsTheFilesOfADirectoryAndTheirClasses() throws IOException {
        assertThat(LabeledImages.isAt(directory, "train")).isFalse();
        images(3);
        labels(2, 0, 5);

        assertThat(LabeledImages.isAt(directory, "train")).isTrue();
        assertThat(LabeledImages.isAt(directory, "t10k")).isFalse();
        assertThat(LabeledImages.classes(directory, "train")).isEqualTo(6);
        assertThat(LabeledImages.loadImages(directory, "train", 6).features().rank())
                .isEqualTo(3);
    }
}
