package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.tabular.CsvTable;
import io.jacobi.nn.tabular.TabularModel;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PredictCommandTest extends CommandTest {

    private List<Answer> answers(Path model, Path table) throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (TabularModel loaded = TabularModel.load(model)) {
            loaded.predict(CsvTable.of(table), (cells, answer) -> answers.add(answer));
        }
        return answers;
    }

    @Test
    void aClassHasItsLabelAndTheProbabilityOfEach() throws IOException {
        Path flats = flats("flats.csv", 50);
        Path model = trained(flats, "kind");
        printed();

        assertThat(run("predict", model.toString(), flats.toString()))
                .as(err.toString())
                .isZero();

        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(51).first().isEqualTo("kind,p(large),p(medium),p(small)");
        Answer first = answers(model, flats).get(0);
        assertThat(lines.get(1))
                .isEqualTo(first.label() + "," + first.probabilities().get("large") + ","
                        + first.probabilities().get("medium") + ","
                        + first.probabilities().get("small"));
    }

    @Test
    void numbersAreInTheUnitOfTheTarget() throws IOException {
        Path flats = flats("flats.csv", 50);
        Path model = trained(flats, "price");
        Path file = directory.resolve("answers.csv");
        printed();

        assertThat(run("predict", model.toString(), flats.toString(), "--out", file.toString()))
                .as(err.toString())
                .isZero();

        assertThat(printed()).isEqualTo("50 answers in " + file + "\n");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("price");
        assertThat(lines.get(50))
                .isEqualTo(Double.toString(answers(model, flats).get(49).number()));
    }

    @Test
    void jsonLinesGoInAndOut() throws IOException {
        Path model = trained(flats("flats.csv", 50), "kind", "--ignore", "price");
        Path rows = Files.writeString(
                directory.resolve("rows.jsonl"),
                "{\"area\": 30, \"city\": \"Bern\", \"ticket\": 7}\n{\"area\": null, \"city\": \"Basel\", \"ticket\": 8}\n");
        printed();

        assertThat(run("predict", model.toString(), rows.toString(), "--keep", "ticket"))
                .as(err.toString())
                .isZero();

        assertThat(printed().lines())
                .hasSize(2)
                .element(0)
                .asString()
                .startsWith("{\"columns\":{\"ticket\":\"7\"},\"label\":\"small\",\"probabilities\":{\"large\":")
                .endsWith("}}");
    }

    @Test
    void aFormatMayBeChosen() throws IOException {
        Path flats = flats("flats.csv", 50);
        Path model = trained(flats, "price");
        Path jsonl = directory.resolve("answers.jsonl");
        printed();

        assertThat(run("predict", model.toString(), flats.toString(), "--out", jsonl.toString(), "--quiet"))
                .isZero();
        assertThat(printed()).isEmpty();
        assertThat(Files.readAllLines(jsonl)).hasSize(50).allMatch(line -> line.startsWith("{\"numbers\":{\"price\":"));

        assertThat(run("predict", model.toString(), flats.toString(), "--format", "JSONL"))
                .isZero();
        assertThat(printed()).isEqualTo(Files.readString(jsonl));
    }

    @Test
    void keptColumnsAreQuotedAndTheTargetAmongThemIsNotTheAnswer() throws IOException {
        Path model = trained(flats("flats.csv", 50), "kind", "--ignore", "price");
        Path rows = Files.writeString(
                directory.resolve("rows.csv"),
                "note,area,city,kind\n\"a, \"\"b\"\"\",30,Bern,medium\n,31,Basel,small\n");
        printed();

        assertThat(run("predict", model.toString(), rows.toString(), "--keep", "note,kind"))
                .as(err.toString())
                .isZero();

        List<String> lines = printed().lines().toList();
        assertThat(lines.get(0)).isEqualTo("note,kind,predicted kind,p(large),p(medium),p(small)");
        assertThat(lines.get(1)).startsWith("\"a, \"\"b\"\"\",medium,small,");
        assertThat(lines.get(2)).startsWith(",small,small,");
    }

    @Test
    void severalLabelsAreYesOrNoEach() throws IOException {
        Path table = Files.writeString(
                directory.resolve("labels.csv"), "x,hot,wet\n" + "1,1,0\n2,1,1\n3,0,1\n4,0,0\n".repeat(20));
        Path model = trained(table, "hot,wet");
        printed();

        assertThat(run("predict", directory.resolve("hot,wet.safetensors").toString(), table.toString()))
                .as(err.toString())
                .isZero();
        assertThat(printed().lines().toList().get(0)).isEqualTo("hot,wet,p(hot),p(wet)");
        assertThat(model).exists();
    }

    @Test
    void theStandardInputIsATable() throws IOException {
        Path flats = flats("flats.csv", 50);
        Path model = trained(flats, "kind");
        printed();
        run("predict", model.toString(), flats.toString());
        String expected = printed();
        InputStream before = System.in;
        try {
            System.setIn(Files.newInputStream(flats));
            assertThat(run("predict", model.toString(), "-")).as(err.toString()).isZero();
            assertThat(printed()).isEqualTo(expected);
            System.setIn(new ByteArrayInputStream(
                    "{\"area\": 30, \"city\": \"Bern\", \"price\": 1}".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("predict", model.toString(), "-", "--format", "csv"))
                    .as(err.toString())
                    .isZero();
            assertThat(printed().lines()).hasSize(2);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aBadRowIsNamedAndAnOldFileStays() throws IOException {
        Path model = trained(flats("flats.csv", 50), "kind", "--ignore", "price");
        Path rows = Files.writeString(directory.resolve("rows.csv"), "area,city\n30,Bern\nlarge,Bern\n");
        Path file = Files.writeString(directory.resolve("answers.csv"), "old");

        assertThat(run("predict", model.toString(), rows.toString(), "--out", file.toString()))
                .isEqualTo(1);

        assertThat(err.toString())
                .startsWith("jacobi: " + rows + ", line 3: column \"area\": \"large\" is not a number");
        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.jacobi*");
    }

    @Test
    void columnsThatTrainingNeverSawAreNamedAndNothingIsPrinted() throws IOException {
        Path model = trained(flats("flats.csv", 50), "kind", "--ignore", "price");
        Path rows = Files.writeString(directory.resolve("rows.csv"), "area,town\n30,Bern\n");
        printed();

        assertThat(run("predict", model.toString(), rows.toString())).isEqualTo(1);

        assertThat(printed()).isEmpty();
        assertThat(err.toString())
                .contains("the row has no \"city\"", "the model was not trained with \"town\"", "remove or rename");
        err.getBuffer().setLength(0);
        assertThat(run("predict", model.toString(), rows.toString(), "--keep", "twon"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--keep: there is no column \"twon\"", "did you mean \"town\"?");
    }

    @Test
    void aModelOfImagesIsNotAskedForRows() throws IOException {
        Path model = directory.resolve("model.safetensors");
        train("--epochs", "1", "--save", model.toString());

        assertThat(run("predict", model.toString(), flats("flats.csv", 3).toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is not a model of a table", "jacobi inspect " + model);
    }

    /** As {@code jacobi predict MODEL - | head -n 2} does, with rows that would never end. */
    @Test
    void itEndsWhenNobodyReadsTheAnswers() throws Exception {
        Path model = trained(flats("flats.csv", 50), "kind", "--ignore", "price");
        Process process = JacobiProcess.start("predict", model.toString(), "-");
        Thread writer = new Thread(() -> writeForever(process));
        writer.start();
        try (BufferedReader reader = process.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("kind,p(large),p(medium),p(small)");
            assertThat(reader.readLine()).startsWith("small,");
        }

        assertThat(process.waitFor()).isZero();
        writer.join();
    }

    /** {@code jacobi predict MODEL <(zcat rows.csv.gz)} gives the path of a pipe. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeIsATable() throws Exception {
        Path model = trained(flats("flats.csv", 50), "kind", "--ignore", "price");
        Process process = JacobiProcess.start("predict", model.toString(), "/dev/stdin");
        try (OutputStream in = process.getOutputStream()) {
            in.write("area,city\n30,Bern\n".getBytes(StandardCharsets.UTF_8));
        }
        try (BufferedReader reader = process.inputReader()) {
            assertThat(reader.lines()).hasSize(2);
        }

        assertThat(process.waitFor()).isZero();
    }

    private static void writeForever(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write("area,city\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                in.write("30,Bern\n".getBytes(StandardCharsets.UTF_8));
                in.flush();
            }
        } catch (IOException closed) {
            // the process has ended
        }
    }
}
