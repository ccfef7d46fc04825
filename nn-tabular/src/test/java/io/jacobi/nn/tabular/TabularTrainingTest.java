package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.train.EpochResult;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TabularTrainingTest {

    private static final TabularTraining QUICK =
            TabularTraining.DEFAULTS.withHidden(8).withThreads(1).withEpochs(30);

    /** Flats in cities, each of which has its price, of which a few are missing. */
    private static RowTable flats(int rows, int cities) {
        Random random = new Random(5);
        double[] prices = random.doubles(cities, 2000, 9000).toArray();
        List<Map<String, Object>> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int city = random.nextInt(cities);
            double area = 20 + 100 * random.nextDouble();
            table.add(Map.of(
                    "area",
                    random.nextInt(50) == 0 ? "" : area,
                    "city",
                    "city " + city,
                    "price",
                    Math.round(area * prices[city]),
                    "dear",
                    area * prices[city] > 400_000 ? "yes" : "no"));
        }
        return RowTable.of("flats", table);
    }

    private static Schema schema(RowTable table, String target, String other) throws IOException {
        return Schema.infer(table, target).with(Column.ignored(other));
    }

    /** Keeps what a run did. */
    private static final class Watcher implements TrainingHook {
        private int rows;
        private final List<EpochResult> epochs = new ArrayList<>();

        @Override
        public Fit plan(TabularRun run) {
            rows = run.rows();
            return run.plan();
        }

        @Override
        public void done(History history) {
            epochs.addAll(history.epochs());
        }
    }

    @Test
    void embedsManyCategories() throws IOException {
        RowTable table = flats(2000, 60);
        Schema schema = schema(table, "price", "dear");
        double embedded = r2(table, schema, QUICK);
        // without the city, only the area is known
        double without = r2(table, schema.with(Column.ignored("city")), QUICK);
        assertThat(embedded).isGreaterThan(0.9).isGreaterThan(without + 0.2);
    }

    private static double r2(RowTable table, Schema schema, TabularTraining training) throws IOException {
        try (TabularModel model = training.fit(table, schema)) {
            return Objects.requireNonNull(
                    model.training().orElseThrow().metrics().get("validation r2"));
        }
    }

    @Test
    void answersForCategoriesThatItHasNeverSeen() throws IOException {
        RowTable table = flats(500, 60);
        try (TabularModel model = QUICK.fit(table, schema(table, "price", "dear"))) {
            double unknown =
                    model.predict(Map.of("area", 70, "city", "Atlantis")).number();
            assertThat(unknown).isBetween(100_000.0, 800_000.0);
            assertThat(model.predict(Map.of("area", 70, "city", "")).number()).isEqualTo(unknown);
        }
    }

    @Test
    void theRecordHasMetricsOfTheValidationRowsInTheUnitOfTheTarget() throws IOException {
        RowTable table = flats(300, 3);
        try (TabularModel model = QUICK.fit(table, schema(table, "price", "dear"))) {
            TrainingRecord record = model.training().orElseThrow();
            assertThat(record.metrics()).containsOnlyKeys("validation mae", "validation rmse", "validation r2");
            assertThat(record.metrics().get("validation mae")).isBetween(1_000.0, 200_000.0);
        }
        try (TabularModel model = QUICK.withValidation(0).fit(table, schema(table, "dear", "price"))) {
            TrainingRecord record = model.training().orElseThrow();
            Report report = TabularEvaluation.of(model, table);
            assertThat(record.metrics().get("training accuracy")).isEqualTo(report.metric("accuracy"));
            assertThat(record.metrics()).containsKey("training f1");
        }
    }

    @Test
    void aTenthOfTheRowsIsForValidation() throws IOException {
        RowTable table = flats(400, 3);
        Watcher watcher = new Watcher();
        QUICK.fit(table, schema(table, "dear", "price"), watcher).close();
        assertThat(watcher.rows).isCloseTo(360, within(2));
        assertThat(watcher.epochs.get(0).validation()).isPresent();
        assertThat(watcher.epochs.get(0).training().metrics()).containsOnlyKeys("accuracy", "f1");
    }

    @Test
    void stopsWhenTheValidationLossRisesAndKeepsTheBestWeights() throws IOException {
        // labels by chance: whatever is learnt is wrong elsewhere
        Random random = new Random(1);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(List.of(random.nextGaussian(), random.nextGaussian(), random.nextBoolean() ? "a" : "b"));
        }
        RowTable table = RowTable.of("chance", List.of("x", "z", "y"), rows);
        TabularTraining training = TabularTraining.DEFAULTS.withThreads(1).withWeightDecay(0);
        Watcher stopped = new Watcher();
        try (TabularModel model = training.fit(table, stopped, "y")) {
            double best = stopped.epochs.stream()
                    .mapToDouble(epoch -> epoch.validation().orElseThrow().loss())
                    .min()
                    .orElseThrow();
            assertThat(model.training().orElseThrow().metrics().get("validation log loss"))
                    .isCloseTo(best, within(1e-6));
        }
        assertThat(stopped.epochs).hasSizeLessThan(150);
        Watcher whole = new Watcher();
        training.withoutEarlyStopping().withEpochs(60).fit(table, whole, "y").close();
        assertThat(whole.epochs).hasSize(60);
    }

    @Test
    void theSameSeedGivesTheSameModel() throws IOException {
        RowTable table = flats(200, 40);
        Schema schema = schema(table, "price", "dear");
        try (TabularModel one = QUICK.fit(table, schema);
                TabularModel same = QUICK.fit(table, schema);
                TabularModel other = QUICK.withSeed(7).fit(table, schema)) {
            assertThat(same.predict(table)).isEqualTo(one.predict(table));
            assertThat(other.predict(table)).isNotEqualTo(one.predict(table));
        }
    }

    @Test
    void impossibleSettingsAreRefusedBeforeTheTableIsRead() {
        TabularTraining d = TabularTraining.DEFAULTS;
        List<ThrowingCallable> impossible = Arrays.asList(
                () -> d.withHidden(8, 0),
                () -> d.withDropout(1),
                () -> d.withEpochs(0),
                () -> d.withBatchSize(0),
                () -> d.withRate(Double.NaN),
                () -> d.withWeightDecay(-1),
                () -> d.withValidation(1),
                () -> d.withThreads(0),
                () -> d.withMemory(0));
        impossible.forEach(setting -> assertThatIllegalArgumentException().isThrownBy(setting));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> d.withEpochs(0))
                .withMessage("A training of a table with epochs: 0\n  expected at least 1");
    }
}
