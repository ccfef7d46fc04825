package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training without any setting reaches what scikit-learn's networks of one hidden layer of 100 units reach on the same
 * rows: reference/tabular.py wrote the tables, the rows to judge, and its scores. The profile {@code tabular} runs all
 * seeds of all tables and prints a line for each.
 */
class ScikitLearnScoresTest {

    private static final int SEEDS = Integer.getInteger("tabular.seeds", 2);

    /** A build trains a few seconds, and the profile more. */
    static List<String> tables() {
        return SEEDS > 2
                ? List.of("iris", "wine", "breast_cancer", "diabetes", "digits")
                : List.of("iris", "wine", "diabetes");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void defaultsAreWithinTheNoiseOfScikitLearn(String name) throws IOException {
        double[] reached = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            reached[seed] = score(name, seed);
        }
        double[] all = scikitLearn(name);
        double[] same = Arrays.copyOf(all, SEEDS);
        if (SEEDS > 2) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f ± %.3f | %.3f ± %.3f |%n",
                    name,
                    mean(reached),
                    deviation(reached),
                    mean(same),
                    deviation(same));
        }
        // the deviation is that of the splits; a mean over seeds varies less
        assertThat(mean(reached)).isGreaterThan(mean(same) - 2 * deviation(all) / Math.sqrt(SEEDS));
    }

    /** The accuracy, or R2, on the rows that were not trained with. */
    private static double score(String name, int seed) throws IOException {
        CsvTable table = Resources.table("tables/" + name + ".csv");
        List<List<String>> rows = Resources.rows(table);
        String indices = Resources.rows(Resources.table("tables/" + name + ".test.csv"))
                .get(seed)
                .get(0);
        Set<Integer> test =
                Arrays.stream(indices.split(" ")).map(Integer::valueOf).collect(Collectors.toSet());
        RowTable train = part(table, rows, i -> !test.contains(i));
        try (TabularModel model =
                TabularTraining.DEFAULTS.withSeed(seed).withThreads(1).fit(train, "target")) {
            return TabularEvaluation.of(model, part(table, rows, test::contains))
                    .metric(name.equals("diabetes") ? "r2" : "accuracy");
        }
    }

    private static RowTable part(Table table, List<List<String>> rows, IntPredicate kept) {
        List<List<String>> part = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (kept.test(i)) {
                part.add(rows.get(i));
            }
        }
        return RowTable.of(table.name(), table.columns(), part);
    }

    private static double[] scikitLearn(String name) throws IOException {
        return Resources.rows(Resources.table("tables/scores.csv")).stream()
                .filter(row -> row.get(0).equals(name))
                .mapToDouble(row -> Double.parseDouble(row.get(2)))
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
