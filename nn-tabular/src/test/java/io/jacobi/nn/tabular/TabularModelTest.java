package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.inference.Classifier;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** A model that is stored and answers. AgreementTest covers every way to ask, for real tables. */
class TabularModelTest {

    private static final TabularTraining QUICK =
            TabularTraining.DEFAULTS.withHidden(4).withEpochs(3).withValidation(0);

    private static final RowTable PEOPLE = RowTable.of(
            "people",
            List.of("id", "age", "city", "member"),
            List.of(
                    List.of(1, 20, "Bern", "no"),
                    List.of(2, 41, "Basel", "yes"),
                    List.of(3, 35, "Bern", "yes"),
                    List.of(4, 28, "Basel", "no")));

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    @Test
    void aLoadedModelIsTheOneThatWasSaved() throws IOException {
        Map<String, ?> row = Map.of("age", 33, "city", "Bern");
        try (TabularModel model = QUICK.fit(PEOPLE, "member")) {
            model.save(file());
            try (TabularModel loaded = TabularModel.load(file())) {
                assertThat(loaded.encoding()).isEqualTo(model.encoding());
                assertThat(loaded.training()).isEqualTo(model.training()).isPresent();
                assertThat(loaded.predict(row)).isEqualTo(model.predict(row));
                assertThat(loaded).hasToString(model.toString());
            }
        }
    }

    @Test
    void aClassifierReadsTheFileOfAModelOfClasses() throws IOException {
        try (TabularModel model = QUICK.fit(PEOPLE, "member")) {
            model.save(file());
            float[] features = io.jacobi.nn.files.table.RowEncoder.of(model.encoding())
                    .features(Map.of("age", 33, "city", "Bern"));
            try (Classifier classifier = Classifier.load(file())) {
                assertThat(classifier.labels()).containsExactly("no", "yes");
                assertThat(classifier.classify(features).label())
                        .isEqualTo(
                                model.predict(Map.of("age", 33, "city", "Bern")).label());
            }
        }
    }

    @Test
    void aFileWithoutATableSaysWhatToDo() throws IOException {
        try (Sequential model = Sequential.input(Shape.of(3)).add(new Affine(2)).build(DataType.FLOAT, 1)) {
            ModelFile.of(model).save(file());
        }

        assertThatThrownBy(() -> TabularModel.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file() + ": this is a model of arrays and not of a table")
                .hasMessageContainingAll("expected a model that TabularModel.save wrote", "fix: give it arrays, with");
    }
}
