package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TabularEvaluationTest {

    private static final TabularTraining TRAINING =
            TabularTraining.DEFAULTS.withHidden(8).withEpochs(20).withThreads(1);

    /** Flats whose price is about 3,000 for a square metre. */
    private static RowTable flats(int rows) {
        Random random = new Random(3);
        List<Map<String, Object>> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double area = 20 + 100 * random.nextDouble();
            table.add(Map.of(
                    "area",
                    area,
                    "price",
                    3000 * area + 9000 * random.nextGaussian(),
                    "large",
                    area > 70 ? "yes" : "no"));
        }
        return RowTable.of("flats", table);
    }

    private static RowTable part(RowTable table, String... columns) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        table.forEach((index, cells) -> {
            List<Object> row = new ArrayList<>();
            for (String column : columns) {
                row.add(cells.get(table.columns().indexOf(column)));
            }
            rows.add(row);
        });
        return RowTable.of("part", List.of(columns), rows);
    }

    @Test
    void errorsOfNumbersAreInTheUnitOfTheColumn() throws IOException {
        RowTable flats = part(flats(300), "area", "price");
        try (TabularModel model = TRAINING.fit(flats, "price")) {
            double[] sums = new double[2];
            model.predict(flats, (row, answer) -> {
                double error = answer.number() - (double) row.get(1);
                sums[0] += Math.abs(error);
                sums[1] += error * error;
            });

            Report report = TabularEvaluation.of(model, flats);

            assertThat(report.examples()).isEqualTo(300);
            assertThat(report.metric("mae"))
                    .isEqualTo(sums[0] / 300, offset(1e-6))
                    .isBetween(1000.0, 30_000.0);
            assertThat(report.metric("rmse")).isEqualTo(Math.sqrt(sums[1] / 300), offset(1e-6));
            assertThat(report.metric("r2")).isBetween(0.9, 1.0);
        }
    }

    @Test
    void classesHaveAConfusionMatrixWithTheirNames() throws IOException {
        RowTable flats = part(flats(300), "area", "large");
        try (TabularModel model = TRAINING.fit(flats, "large")) {
            Report report = TabularEvaluation.of(model, flats);

            assertThat(report.metric("accuracy")).isGreaterThan(0.9);
            assertThat(report.metric("roc auc")).isGreaterThan(0.95);
            assertThat(report.confusion().orElseThrow().labels()).containsExactly("no", "yes");
        }
    }

    /** The validation rows of a run, which are encoded, and the same rows as a table. */
    @Test
    void encodedRowsAreJudgedAsTheRowsOfATable() throws IOException {
        RowTable flats = part(flats(60), "area", "price");
        List<Report> reports = new ArrayList<>();
        List<Dataset> validation = new ArrayList<>();
        List<TabularRun> runs = new ArrayList<>();
        TrainingHook hook = new TrainingHook() {
            @Override
            public Fit plan(TabularRun run) {
                runs.add(run);
                validation.add(run.plan().validation().orElseThrow());
                return run.plan();
            }

            @Override
            public void done(History history) {
                reports.add(
                        TabularEvaluation.of(runs.get(0).network(), runs.get(0).encoding(), validation.get(0)));
            }
        };
        try (TabularModel model = TRAINING.withValidation(0.5).fit(flats, hook, "price")) {
            assertThat(validation.get(0).size()).isEqualTo(30);
            ValidationSplit.Pass split = new ValidationSplit(0.5, TRAINING.seed()).pass();
            List<List<?>> judged = new ArrayList<>();
            flats.forEach((index, cells) -> {
                if (split.isValidation("")) {
                    judged.add(cells);
                }
            });
            Report again = TabularEvaluation.of(model, RowTable.of("judged", flats.columns(), judged));

            assertThat(reports.get(0).examples()).isEqualTo(30);
            assertThat(again.examples()).isEqualTo(30);
            assertThat(reports.get(0).metric("mae")).isEqualTo(again.metric("mae"), offset(0.1));
        }
    }

    @Test
    void aHookMayChangeTheSchema() throws IOException {
        List<Schema> inferred = new ArrayList<>();
        TrainingHook hook = new TrainingHook() {
            @Override
            public Schema schema(Schema schema) {
                inferred.add(schema);
                return schema.with(Column.ignored("price"));
            }
        };
        try (TabularModel model = TRAINING.fit(flats(60), hook, "large")) {
            assertThat(inferred).hasSize(1);
            assertThat(model.encoding().ignored()).containsExactly("price");
        }
    }

    @Test
    void aTableWithoutTheTargetIsRefused() throws IOException {
        RowTable flats = part(flats(60), "area", "price");
        try (TabularModel model = TRAINING.fit(flats, "price")) {
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> TabularEvaluation.of(model, part(flats, "area")))
                    .withMessageContainingAll("part has no column \"price\"", "ask for predictions alone");
        }
    }

    @Test
    void aMissingTargetIsNamedWithItsRow() throws IOException {
        RowTable flats = part(flats(60), "area", "price");
        try (TabularModel model = TRAINING.fit(flats, "price")) {
            Map<String, Object> row = Map.of("area", 40, "price", "");
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> TabularEvaluation.of(model, RowTable.of("new", List.of(row))))
                    .withMessageContainingAll("new, row 0: column \"price\"", "the target is missing");
        }
    }
}
