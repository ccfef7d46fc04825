package io.jacobi.nn.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageFolderTest {

    @TempDir
    private Path directory;

    private Path place(String label, String name) throws IOException {
        return Files.createDirectories(directory.resolve(label)).resolve(name);
    }

    private void grey(String label, String name, int width, int... samples) throws IOException {
        BufferedImage image = new BufferedImage(width, samples.length / width, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, width, samples.length / width, 0, samples);
        ImageIO.write(image, "png", place(label, name).toFile());
    }

    private void colour(String label, String name, int width, int... rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, rgb.length / width, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, rgb.length / width, rgb, 0, width);
        ImageIO.write(image, "png", place(label, name).toFile());
    }

    private double[][] read(Shape image, String... classes) throws IOException {
        ArrayDataset data = ImageFolder.at(directory).load(image, List.of(classes));
        int n = data.size();
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        try (INDArray x = Memory.array(DataType.FLOAT, n, image.size());
                INDArray y = Memory.array(DataType.FLOAT, n)) {
            data.read(rows, 0, n, x, y);
            return new double[][] {Vectors.toDoubles(x), Vectors.toDoubles(y)};
        }
    }

    @Test
    void aFolderIsAClassAndSamplesAreKept() throws IOException {
        grey("dog", "b.png", 2, 0, 51, 102, 255);
        grey("cat", "a.PNG", 2, 255, 255, 0, 0);
        Files.writeString(place("cat", "notes.txt"), "not an image");
        Files.createDirectory(directory.resolve(".cache"));

        ImageFolder folder = ImageFolder.at(directory);
        assertThat(folder.labels()).containsExactly("cat", "dog");
        assertThat(folder.size()).isEqualTo(2);
        assertThat(folder.largest()).isEqualTo(Shape.of(1, 2, 2));

        double[][] read = read(Shape.of(1, 2, 2), "cat", "dog");
        assertThat(read[0]).containsExactly(new double[] {1, 1, 0, 0, 0, 0.2, 0.4, 1}, within(1e-7));
        assertThat(read[1]).containsExactly(0, 1);
    }

    @Test
    void coloursAreThreeChannelsOneAfterAnother() throws IOException {
        colour("cat", "1.png", 2, 0xff0000, 0x0000ff);

        assertThat(ImageFolder.at(directory).largest()).isEqualTo(Shape.of(3, 1, 2));
        assertThat(read(Shape.of(3, 1, 2), "cat")[0]).containsExactly(1, 0, 0, 0, 0, 1);
    }

    /** The weights of ITU-R BT.601, as PIL's convert("L") has them. */
    @Test
    void greyOfAColourIsItsLuma() throws IOException {
        colour("cat", "1.png", 3, 0xff0000, 0x00ff00, 0x0000ff);

        assertThat(read(Shape.of(1, 1, 3), "cat")[0]).containsExactly(new double[] {0.299, 0.587, 0.114}, within(1e-6));
    }

    @Test
    void aGreyImageAmongColoursHasThreeEqualChannels() throws IOException {
        grey("cat", "1.png", 1, 51);

        assertThat(read(Shape.of(3, 1, 1), "cat")[0]).containsExactly(new double[] {0.2, 0.2, 0.2}, within(1e-7));
    }

    /** By hand; PIL's Image.BOX gives 96, 176 and 128 of 255 for the first, and rounds. */
    @Test
    void aSmallerImageHasTheMeansOfAreas() throws IOException {
        grey("cat", "1.png", 4, 0, 64, 128, 192, 128, 192, 255, 129);

        assertThat(read(Shape.of(1, 1, 2), "cat")[0])
                .containsExactly(new double[] {96 / 255.0, 176 / 255.0}, within(1e-6));
        assertThat(read(Shape.of(1, 2, 3), "cat")[0])
                .containsExactly(
                        new double[] {16 / 255.0, 96 / 255.0, 176 / 255.0, 144 / 255.0, 223.5 / 255, 160.5 / 255},
                        within(1e-6));
    }

    @Test
    void aLargerImageRepeatsPixels() throws IOException {
        grey("cat", "1.png", 2, 0, 255);

        assertThat(read(Shape.of(1, 2, 4), "cat")[0]).containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void aDamagedImageIsNamed() throws IOException {
        Files.writeString(place("cat", "1.png"), "no image at all");

        assertThatIOException()
                .isThrownBy(() -> read(Shape.of(1, 1, 1), "cat"))
                .withMessageContainingAll("1.png cannot be decoded", "expected a PNG", "fix: ");
    }

    @Test
    void aFolderThatIsNoClassOfTheModelIsNamed() throws IOException {
        grey("bird", "1.png", 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Shape.of(1, 1, 1), "cat", "dog"))
                .withMessageContainingAll("a folder \"bird\"", "[cat, dog]");
    }

    @Test
    void aFolderWithoutImagesIsNamed() throws IOException {
        grey("cat", "1.png", 1, 0);
        Files.createDirectory(directory.resolve("dog"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFolder.at(directory))
                .withMessageContaining("dog has no image");
        assertThat(ImageFolder.isAt(directory)).isTrue();
        assertThat(ImageFolder.isAt(directory.resolve("cat"))).isFalse();
    }

    @Test
    void anotherNumberOfChannelsIsRefused() throws IOException {
        grey("cat", "1.png", 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Shape.of(2, 1, 1), "cat"))
                .withMessageContaining("1 channel for grey or 3");
    }
}
