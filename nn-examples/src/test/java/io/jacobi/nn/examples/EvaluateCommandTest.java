package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.metric.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EvaluateCommandTest extends CommandTest {

    @Test
    void classesHaveMetricsAndAConfusionMatrix() throws IOException {
        Path flats = flats("flats.csv", 300);
        Path model = trained(flats, "kind", "--ignore", "price");
        printed();
        Path json = directory.resolve("out.json");

        assertThat(run("evaluate", model.toString(), flats.toString(), "--json", json.toString()))
                .as(err.toString())
                .isZero();

        assertThat(printed())
                .startsWith("300 examples\naccuracy     ")
                .containsPattern("\nf1 weighted  (1\\.0000|0\\.9\\d+)\n")
                .containsPattern("\nlog loss     0\\.\\d+\n")
                .containsPattern("\nactual \\\\ predicted +large +medium +small\nlarge +\\d+ +\\d+ +\\d+\n");
        assertThat(Files.readString(json))
                .containsPattern("\"accuracy\":(1\\.0|0\\.9)")
                .contains("\"examples\":300", "\"labels\":[\"large\",\"medium\",\"small\"]", "\"confusionMatrix\":[[")
                .contains("\"model\":\"" + model + "\"");
    }

    @Test
    void numbersHaveErrorsInTheirUnit() throws IOException {
        Path flats = flats("flats.csv", 300);
        Path model = trained(flats, "price", "--ignore", "kind");
        printed();

        assertThat(run("evaluate", model.toString(), flats.toString())).isZero();
        assertThat(printed()).containsPattern("^300 examples\nmae   \\d{4,5}.*\nrmse  \\d+.*\nr2    0\\.9\\d+\n$");
    }

    @Test
    void imagesInIdxFilesAreJudgedByTheTestImages() throws IOException {
        Path model = directory.resolve("model.safetensors");
        assertThat(train("--epochs", "10", "--save", model.toString())).isZero();
        String trained = printed();

        assertThat(run("evaluate", model.toString(), directory.toString()))
                .as(err.toString())
                .isZero();
        String text = printed();
        assertThat(text).contains("100 examples\n").containsPattern("top-5 accuracy +1.0000\n");
        String accuracy = text.replaceAll("(?s).*\naccuracy +([0-9.]+)\n.*", "$1");
        assertThat(trained).contains("\ntest accuracy " + accuracy + "\n");

        // one file of a pair: all of its images
        Path images = directory.resolve("train-images-idx3-ubyte");
        assertThat(run("evaluate", model.toString(), images.toString()))
                .as(err.toString())
                .isZero();
        assertThat(printed()).contains("300 examples\n");
    }

    @Test
    void aCheckpointOfATableAnswersForRows() throws IOException {
        Path flats = flats("flats.csv", 100);
        Path checkpoints = directory.resolve("checkpoints");
        trained(flats, "kind", "--checkpoint", checkpoints.toString(), "--epochs", "3");
        printed();

        assertThat(run("evaluate", checkpoints.resolve("best.safetensors").toString(), flats.toString()))
                .as(err.toString())
                .isZero();
        assertThat(printed()).contains("100 examples\n");
    }

    @Test
    void dataThatDoNotFitTheModelAreNamed() throws IOException {
        Path flats = flats("flats.csv", 100);
        Path table = trained(flats, "kind");
        Path images = directory.resolve("model.safetensors");
        train("--epochs", "1", "--save", images.toString());

        refuses(table, directory, "is a model of a table, and " + directory + " is none");
        refuses(images, flats, "is a model of images, and " + flats + " has none");
        refuses(images, directory.resolve("nothing"), "it does not exist");
        Path answers = Files.writeString(directory.resolve("no-target.csv"), "id,area,city,price\n1,50,Bern,3\n");
        refuses(table, answers, "has no column \"kind\", which the model predicts");
        Path other = Files.writeString(directory.resolve("other.csv"), "a,b\n1,2\n");
        refuses(table, other, "has no column \"kind\"");
    }

    private void refuses(Path model, Path data, String message) {
        err.getBuffer().setLength(0);
        assertThat(run("evaluate", model.toString(), data.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("jacobi: ").contains(message);
    }

    @Test
    void manyClassesHaveTheirMostFrequentErrors() {
        long[][] counts = new long[20][20];
        counts[3][4] = 7;
        counts[5][6] = 9;
        counts[1][1] = 100;

        assertThat(Confusions.of(ConfusionMatrix.ofCounts(counts)))
                .isEqualTo(
                        "the most frequent errors of 20 classes\n  9 times 5 was taken for 6\n  7 times 3 was taken for 4");
    }
}
