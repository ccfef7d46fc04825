package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each row of the table "Where do I ...?" of CONTRIBUTING.md names one file and one test, and both exist. */
class ContributingTest {

    private static final Path ROOT = Path.of("..");

    // | add a loss | [Loss](nn-core/src/main/java/.../Loss.java) | [LossTest](nn-core/src/test/java/.../LossTest.java)
    // |
    private static final Pattern ROW =
            Pattern.compile("\\| ([^|\\[]+) \\| \\[(\\w+)]\\((\\S+/src/main/java/\\S+/\\2\\.java)\\)"
                    + " \\| \\[(\\w+Test)]\\((\\S+/src/test/java/\\S+/\\4\\.java)\\) \\|");

    @Test
    void eachRowNamesOneFileAndOneTestThatExist() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(10).allSatisfy(row -> {
            assertThat(row).matches(ROW);
            MatchResult names = ROW.matcher(row).results().toList().get(0);
            assertThat(ROOT.resolve(names.group(3))).isRegularFile();
            assertThat(ROOT.resolve(names.group(5))).isRegularFile();
        });
    }

    @Test
    void theTableCoversEveryKindOfExtension() throws IOException {
        String table = String.join("\n", rows());
        for (String kind : List.of("layer", "loss", "optimizer", "metric", "data set", "command", "claim")) {
            assertThat(table).contains("| add a" + (kind.startsWith("o") ? "n " : " ") + kind);
        }
        assertThat(table).contains("| train a model |", "| split a batch over threads |", "| export a layer to ONNX |");
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("CONTRIBUTING.md")).stream()
                .dropWhile(line -> !line.equals("## Where do I ...?"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| |"))
                .toList();
    }
}
