package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.io.npy.NpzWriter;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.tabular.TabularModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** {@code jacobi train} with each kind of data. */
class TrainCommandTest extends CommandTest {

    @Test
    void aTableOfNumbersIsTrainedAndJudgedInItsOwnUnit() throws IOException {
        Path json = directory.resolve("out.json");
        Path model = trained(flats("flats.csv", 300), "price", "--ignore", "kind", "--json", json.toString());

        assertThat(printed())
                .contains("table " + directory.resolve("flats.csv") + ", 5 columns separated by ','")
                .contains("target  number price")
                .containsPattern("\narea +number, standardized\n")
                .containsPattern("\ncity +category\n")
                .containsPattern("\nid +ignored: another value in each row\n")
                .containsPattern("\nkind +ignored: as requested\n")
                .contains("30 validation examples, which are not trained with")
                .contains("epoch 1/40  training loss ", "validation loss ", " r2 ")
                .containsPattern("\nvalidation mae \\d+")
                .containsPattern("\nvalidation r2 0\\.9\\d+\n")
                .contains("stored in " + model);
        assertThat(Files.readString(json))
                .contains("\"validationMae\":", "\"validationR2\":0.9", "\"validationLoss\":", "\"epochs\":")
                .contains(
                        "\"data\":\"" + directory.resolve("flats.csv"),
                        "\"parameters\":",
                        "\"seed\":42",
                        "\"threads\":1");
        try (TabularModel loaded = TabularModel.load(model)) {
            assertThat(loaded.predict(Map.of("area", 50, "city", "Bern")).number())
                    .isBetween(130_000.0, 170_000.0);
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() throws IOException {
        Path flats = flats("flats.csv", 200);
        double[] first = weights(trained(flats, "kind"));
        double[] second = weights(trained(flats, "kind"));
        double[] other = weights(trained(flats, "kind", "--seed", "7"));

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    private static double[] weights(Path model) throws IOException {
        return Vectors.toDoubles(ModelFile.load(model).model().weights());
    }

    @Test
    void optionsSayWhatColumnsAre() throws IOException {
        trained(
                flats("flats.csv", 200),
                "price",
                "--ignore",
                "id",
                "--ordered",
                "kind=small,medium,large",
                "--log",
                "area,price",
                "--text",
                "city");

        assertThat(printed())
                .contains("target  number price, logarithm\n")
                .containsPattern("\narea +number, logarithm, standardized\n")
                .containsPattern("\ncity +text, 200 most frequent words\n")
                .containsPattern("\nkind +ordered \\[small, medium, large]\n");
    }

    @Test
    void aTargetMayBeDeclaredAsAClass() throws IOException {
        Path table =
                Files.writeString(directory.resolve("stars.csv"), "x,stars\n" + "1,1\n2,2\n3,3\n4,4\n5,5\n".repeat(20));

        trained(table, "stars", "--numeric", "stars");
        assertThat(printed()).contains("target  number stars");
        trained(table, "stars");
        assertThat(printed()).contains("target  class of stars");
        trained(table, "stars", "--categorical", "stars", "--validation", "0");
        assertThat(printed())
                .contains("target  class of stars", "\ntraining accuracy ")
                .doesNotContain("validation");
    }

    @Test
    void severalNumbersAreJudgedOneByOne() throws IOException {
        Path json = directory.resolve("out.json");
        trained(flats("flats.csv", 200), "price,area", "--json", json.toString());

        assertThat(printed())
                .contains("target  numbers price, area", "\nvalidation mae price ", "\nvalidation r2 area ");
        assertThat(Files.readString(json)).contains("\"validationMaePrice\":", "\"validationR2Area\":");
    }

    @Test
    void jsonLinesAreATable() throws IOException {
        Path table = Files.writeString(
                directory.resolve("rows.data"), "{\"x\": 1, \"y\": \"a\"}\n{\"x\": 2, \"y\": \"b\"}\n".repeat(30));
        trained(table, "y");

        assertThat(printed()).contains("target  class of y", "\nx  number, standardized");
    }

    @Test
    void quietPrintsNothingAndJsonMayBeTheOutput() throws IOException {
        Path flats = flats("flats.csv", 100);
        trained(flats, "kind", "--quiet");
        assertThat(printed()).isEmpty();

        trained(flats, "kind", "--json", "-");
        assertThat(printed())
                .startsWith("{\"validationAccuracy\":")
                .endsWith("}\n")
                .hasLineCount(1);
    }

    @Test
    void longRunsHaveSomeLinesAndTheLastEpoch() throws IOException {
        trained(flats("flats.csv", 60), "kind", "--epochs", "250", "--validation", "0");

        assertThat(printed().lines().filter(line -> line.startsWith("epoch ")))
                .hasSizeBetween(20, 35)
                .last()
                .asString()
                .startsWith("epoch 250/250 ");
    }

    private void image(String label, String name, int row) throws IOException {
        Random random = new Random(name.hashCode());
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, i / 8 == row ? 255 : random.nextInt(60));
        }
        Path folder = Files.createDirectories(directory.resolve("images").resolve(label));
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    private Path images() throws IOException {
        for (int i = 0; i < 40; i++) {
            image("low", "l" + i + ".png", 6);
            image("high", "h" + i + ".png", 1);
        }
        return directory.resolve("images");
    }

    @ParameterizedTest
    @CsvSource({"mlp,Flatten", "cnn,Conv2d"})
    void aFolderForEachClassIsTrainedAndJudged(String network, String layer) throws IOException {
        Path model = directory.resolve("images.safetensors");
        assertThat(run(
                        "train",
                        "--data",
                        images().toString(),
                        "--model",
                        network,
                        "--hidden",
                        "16",
                        "--batch",
                        "8",
                        "--epochs",
                        "8",
                        "--validation",
                        "0.25",
                        "--save",
                        model.toString()))
                .as(err.toString())
                .isZero();

        assertThat(printed())
                .contains(
                        ": 80 images of 8 x 8 pixels in 2 classes, grey",
                        "60 examples, batch 8",
                        "20 validation examples")
                .contains(layer)
                .contains("\nvalidation accuracy 1.0000\n", "\nvalidation roc auc 1.0000\n");
        assertThat(ModelFile.load(model).labels()).containsExactly("high", "low");

        assertThat(run("evaluate", model.toString(), directory.resolve("images").toString()))
                .as(err.toString())
                .isZero();
        assertThat(printed())
                .contains("80 examples\n")
                .containsPattern("\nhigh +40 +0\n")
                .containsPattern("\nlow +0 +40\n");
    }

    @Test
    void imagesAreResizedToTheStatedSize() throws IOException {
        assertThat(run("train", "--data", images().toString(), "--image-size", "4x6", "--hidden", "4", "--epochs", "1"))
                .as(err.toString())
                .isZero();

        assertThat(printed()).contains("80 images of 4 x 6 pixels", "[1, 4, 6]");
    }

    @Test
    void idxFilesAreTrainedAsMnistTrainsThem() throws IOException {
        Path mnist = directory.resolve("mnist.safetensors");
        Path own = directory.resolve("own.safetensors");
        assertThat(train("--epochs", "2", "--save", mnist.toString())).isZero();
        String first = printed();
        assertThat(run(
                        "train",
                        "--data",
                        directory.toString(),
                        "--hidden",
                        "32",
                        "--batch",
                        "16",
                        "--epochs",
                        "2",
                        "--save",
                        own.toString()))
                .as(err.toString())
                .isZero();

        assertThat(withoutSpeed(printed()).replace(own.toString(), mnist.toString()))
                .isEqualTo(withoutSpeed(first));
        assertThat(weights(own)).isEqualTo(weights(mnist));
    }

    private static String withoutSpeed(String printed) {
        return printed.replaceAll("[\\d,]+ samples/s", "");
    }

    @Test
    void arraysWithTwoDimensionsAreATable() throws IOException {
        Path file = directory.resolve("arrays.npz");
        double[] x = new double[200];
        int[] y = new int[100];
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            x[2 * i] = random.nextGaussian();
            x[2 * i + 1] = random.nextGaussian();
            y[i] = x[2 * i] > 0 ? 1 : 0;
        }
        new NpzWriter()
                .put("X", Vectors.of(DataType.DOUBLE, x, 100, 2))
                .put("y", y)
                .save(file);
        Path model = directory.resolve("npz.safetensors");

        assertThat(run("train", "--data", file.toString(), "--epochs", "30", "--save", model.toString()))
                .as(err.toString())
                .isZero();
        assertThat(printed()).contains("100 rows of 2 numbers", "target  class of y", "\nx0  number, standardized");
        assertThat(run("evaluate", model.toString(), file.toString())).isZero();
        assertThat(printed()).contains("100 examples\n").containsPattern("accuracy +(1\\.0000|0\\.9\\d+)\n");
    }

    /** The same images as bytes with channels last, and as numbers from 0 to 1 with channels first. */
    @Test
    void arraysWithMoreDimensionsAreImages() throws IOException {
        double[] last = new double[40 * 4 * 4 * 3];
        double[] first = new double[last.length];
        int[] y = new int[40];
        for (int i = 0; i < 40; i++) {
            y[i] = i % 2;
            for (int pixel = 0; pixel < 16; pixel++) {
                for (int c = 0; c < 3; c++) {
                    int value = c == y[i] ? 255 : (7 * i + 11 * pixel) % 60;
                    last[(i * 16 + pixel) * 3 + c] = value;
                    first[(i * 3 + c) * 16 + pixel] = value / 255f;
                }
            }
        }
        Path bytes = directory.resolve("bytes.npz");
        Path numbers = directory.resolve("numbers.npz");
        new NpzWriter()
                .put("x_train", Vectors.of(DataType.FLOAT, last, 40, 4, 4, 3))
                .put("y_train", y)
                .save(bytes);
        new NpzWriter()
                .put("x", Vectors.of(DataType.FLOAT, first, 40, 3, 4, 4))
                .put("y", y)
                .save(numbers);

        double[] ofBytes = weights(npz(bytes));
        assertThat(printed()).contains("40 images of 4 x 4 pixels in 2 classes, in numpy's arrays", "[3, 4, 4]");
        assertThat(ofBytes).isEqualTo(weights(npz(numbers)));
    }

    private Path npz(Path file) {
        Path model = Path.of(file + ".safetensors");
        assertThat(run(
                        "train",
                        "--data",
                        file.toString(),
                        "--hidden",
                        "8",
                        "--epochs",
                        "2",
                        "--threads",
                        "1",
                        "--save",
                        model.toString()))
                .as(err.toString())
                .isZero();
        return model;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--target prize                   | did you mean \"price\"?",
                "--target price --ignore sity     | --ignore: there is no column \"sity\"",
                "--target price --model cnn       | --model is for images, and ",
                "--target price --momentum 0.5    | --momentum is for images, and ",
                "--target price --text price      | --text price is the target",
                "--target price --ordered kind    | --ordered kind has no order",
                "--target id                      | ",
                "--target price --validation 1.5  | validation part: 1.5",
                "--target price --memory 1k       | memory",
                "--target price --separator ,,    | expected one character, or tab",
                "--target price --rate 1e30       | The loss is",
                "--epochs 3                       | fix: --target COLUMN"
            })
    void whatDoesNotFitATableIsNamed(String options, String message) throws IOException {
        String flats = flats("flats.csv", 100).toString();
        String[] args = ("train --data " + flats + " " + options).split(" ");

        assertThat(run(args)).isEqualTo(1);
        assertThat(err.toString()).startsWith("jacobi: ").doesNotContain("\tat ");
        if (message != null) {
            assertThat(err.toString()).contains(message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--data nothing              | nothing has neither rows nor images: it does not exist",
                "--data -                    | A table is read twice to train with",
                "--target price              | There is nothing to train with",
                "--data DIR --target x       | --target is for tables, and ",
                "--data DIR --validation 0.2 | has test images of its own",
                "--data DIR/empty            | has no folder with images"
            })
    void whatIsNoDataIsNamed(String options, String message) throws IOException {
        Files.createDirectory(directory.resolve("empty"));

        assertThat(run(("train " + options.replace("DIR", directory.toString())).split(" ")))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("jacobi: ").contains(message, "\n  ");
    }

    @ParameterizedTest
    @CsvSource({"--memory,much,512m or 2g", "--image-size,0x4,32x48", "--encoding,UTF-99,UTF-99"})
    void wrongFormsOfValuesAreUsageErrors(String option, String value, String message) {
        assertThat(run("train", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void mnistSaysWhichCommandTrainsWithATable() throws IOException {
        Path flats = flats("flats.csv", 10);

        assertThat(run("mnist", "--data", flats.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("fix: train with other data by \"jacobi train --data " + flats + "\"");
    }
}
