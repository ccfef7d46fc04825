package io.jacobi.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.check.recorded.Recordings;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.train.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Metrics have scikit-learn's values, which reference/metrics.py has recorded, to 1e-9. */
class MetricsReferenceTest {

    private static final String FILE = "reference/metrics.json";
    private static final double TOLERANCE = 1e-9;
    private static final int BATCH = 7;

    private static final Recordings CASES = read();

    private static Recordings read() {
        try (InputStream in = MetricsReferenceTest.class.getResourceAsStream("/" + FILE)) {
            return Recordings.read(Objects.requireNonNull(in, FILE), FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> cases() {
        return CASES.names().stream();
    }

    private static Map<String, Metric> metrics(String name) {
        return (name.startsWith("numbers")
                        ? Stream.of(new Mae(), new Rmse(), new R2(), new Mape())
                        : ofClassifiers(Stream.of(Outputs.values())
                                .filter(o -> name.startsWith(o.name().toLowerCase(Locale.ROOT)))
                                .findFirst()
                                .orElseThrow()))
                .collect(Collectors.toMap(Metric::name, Function.identity()));
    }

    private static Stream<Metric> ofClassifiers(Outputs outputs) {
        Stream<Metric> averaged = Stream.of(Averaging.values())
                .flatMap(a -> Stream.of(new Precision(outputs, a), new Recall(outputs, a), new F1(outputs, a)));
        Stream<Metric> others = Stream.of(
                new TopKAccuracy(1),
                new TopKAccuracy(2),
                new TopKAccuracy(3),
                new LogLoss(outputs),
                new BrierScore(outputs),
                new CalibrationError(outputs),
                new RocAuc(outputs),
                new AveragePrecision(outputs));
        return Stream.concat(averaged, others);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithScikitLearn(String name) {
        Recorded recorded = CASES.get(name);
        Map<String, Metric> metrics = metrics(name);
        List<String> values = recorded.arrays().keySet().stream()
                .filter(array -> array.startsWith("values/"))
                .toList();
        assertThat(values).hasSizeGreaterThanOrEqualTo(4);
        for (String value : values) {
            Metric metric = Objects.requireNonNull(metrics.get(value.substring("values/".length())), value);
            metric.check(recorded.perExample("prediction"), recorded.perExample("target"));
            assertThat(inBatches(metric, recorded))
                    .as(name + ", " + metric.name())
                    .isCloseTo(recorded.values(value)[0], within(scaled(recorded.values(value)[0])));
        }
    }

    private static double scaled(double value) {
        return TOLERANCE * Math.max(1, Math.abs(value));
    }

    /** Batches of seven, and between them the accumulator is stored and resumed if it can be. */
    private static double inBatches(Metric metric, Recorded recorded) {
        Metric.Accumulator sum = metric.start();
        Scratch scratch = new Scratch();
        int n = (int) recorded.shape("prediction").dim(0);
        for (int from = 0; from < n; from += BATCH) {
            int to = Math.min(n, from + BATCH);
            sum.add(rows(recorded, "prediction", from, to), rows(recorded, "target", from, to), scratch);
            if (!sum.state().isEmpty()) {
                Metric.Accumulator resumed = metric.start();
                resumed.restore(sum.state());
                sum = resumed;
            }
        }
        return sum.value();
    }

    private static INDArray rows(Recorded recorded, String array, int from, int to) {
        Shape row = recorded.perExample(array);
        int width = (int) row.size();
        double[] part = Arrays.copyOfRange(recorded.values(array), from * width, to * width);
        return Vectors.of(DataType.DOUBLE, part, row.withBatch(to - from));
    }

    @Test
    void everyMetricHasRecordedValues() {
        for (String group : List.of("class_logits", "binary_logits", "numbers")) {
            assertThat(CASES.get(group).arrays().keySet())
                    .as("values of %s", group)
                    .containsAll(metrics(group).keySet().stream()
                            .filter(metric -> !(group.startsWith("binary") && metric.startsWith("top")))
                            .map("values/"::concat)
                            .toList());
        }
    }
}
