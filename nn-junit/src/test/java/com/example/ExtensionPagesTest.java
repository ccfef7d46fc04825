package com.example;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Split;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.optim.Stepper;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Metric;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pages on losses, optimizers, metrics and data sets show the files of this directory, and what they show works. */
class ExtensionPagesTest {

    private static final Path SOURCES = Path.of("src", "test", "java", "com", "example");
    private static final Path DOCS = Path.of("..", "docs");

    @ParameterizedTest
    @CsvSource({
        "add-a-loss.md, LogCosh.java",
        "add-an-optimizer.md, Lion.java",
        "add-a-metric.md, MaximumError.java",
        "add-a-dataset.md, Line.java"
    })
    void showTheFileThatIsTestedInFewerThanSixtyLines(String page, String file) throws IOException {
        assertThat(DOCS.resolve(page))
                .content()
                .contains("```java\n" + Files.readString(SOURCES.resolve(file)) + "```\n");
        assertThat(Files.readAllLines(DOCS.resolve(page))).hasSizeLessThan(60);
    }

    @Test
    void theLossHasTheGradientThatItSays() {
        GradientCheck.of(new LogCosh())
                .prediction(Shape.of(2, 2), 1, -2, 0.5, 0.3, 0.1, 3, -1.5, 0.7)
                .target(Shape.of(2, 2), 0.2, -1, 0.4, 2, -3, 1, 0, 0.9)
                .finiteUpTo(1000)
                .verify();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1e-6", "DOUBLE, 1e-14"})
    void theOptimizerMakesTheStepsOfThePaper(DataType type, double tolerance) {
        INDArray weights = Vectors.of(type, new double[] {1, -1, 0.5}, 3);
        Lion lion = new Lion(Schedule.constant(0.1), 0.9, 0.99);
        Stepper stepper = lion.start(weights, List.of());

        stepper.step(Vectors.of(type, new double[] {2, -3, 0}, 3), 0.1);
        // the mean is 0, so only the sign of the gradient counts
        assertThat(Vectors.toDoubles(weights)).containsExactly(new double[] {0.9, -0.9, 0.5}, within(tolerance));
        stepper.step(Vectors.of(type, new double[] {-0.1, -3, 1}, 3), 0.1);
        // 0.9 · 0.02 − 0.1 · 0.1 > 0: the mean outweighs the small gradient of the other sign
        assertThat(Vectors.toDoubles(weights)).containsExactly(new double[] {0.8, -0.8, 0.4}, within(tolerance));

        INDArray again = Vectors.of(type, Vectors.toDoubles(weights), 3);
        Stepper restored = lion.start(again, List.of());
        restored.restore(stepper.state(), stepper.steps());
        INDArray gradient = Vectors.of(type, new double[] {-0.15, 1, -1}, 3);
        stepper.step(gradient, 0.1);
        restored.step(gradient, 0.1);
        assertThat(Vectors.toDoubles(again)).isEqualTo(Vectors.toDoubles(weights));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void theOptimizerMakesTheSameStepsOnSeveralThreads(DataType type) {
        int length = 5000;
        Split parts = (n, pass) ->
                IntStream.range(0, 5).parallel().forEach(part -> pass.run(part, part * n / 5, (part + 1) * n / 5));
        Lion lion = new Lion(Schedule.constant(0.1), 0.9, 0.99);
        INDArray whole = Vectors.of(type, new double[length], length);
        INDArray split = Vectors.of(type, new double[length], length);
        Stepper one = lion.start(whole, List.of());
        Stepper several = lion.start(split, List.of());
        double[] mean = new double[length];
        double[] expected = new double[length];
        for (int step = 1; step <= 4; step++) {
            double[] gradient = new double[length];
            for (int i = 0; i < length; i++) {
                // floats, so that both types have the same gradients
                gradient[i] = (float) Math.sin(step * i);
                expected[i] -= 0.1 * Math.signum(0.9 * mean[i] + 0.1 * gradient[i]);
                mean[i] = 0.99 * mean[i] + 0.01 * gradient[i];
            }
            INDArray gradients = Vectors.of(type, gradient, length);
            one.step(gradients, 0.1);
            several.step(gradients, 0.1, parts);
        }

        assertThat(Vectors.toDoubles(split)).isEqualTo(Vectors.toDoubles(whole));
        assertThat(Vectors.toDoubles(split)).containsExactly(expected, within(1e-6));
    }

    @Test
    void theMetricFindsTheLargestErrorOfAllBatches() {
        Metric.Accumulator count = new MaximumError().start();
        assertThat(count.value()).isNaN();
        count.add(column(1, 5), column(2, 2), new Scratch());
        count.add(column(0), column(-1), new Scratch());

        assertThat(count.value()).isEqualTo(3);
        assertThatThrownBy(() -> new MaximumError().check(Shape.of(2), Shape.of()))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void theDataSetIsLearnedUnderEachOfThem() {
        Sequential model = Sequential.input(Shape.of(1)).add(new Scale()).build(DataType.FLOAT, 1);
        try (Trainer trainer = Trainer.of(model, new LogCosh(), new Lion(Schedule.constant(0.01), 0.9, 0.99))) {
            History history =
                    trainer.fit(new Line(2.5, 64), epochs(120).batchSize(8).metrics(new MaximumError()));
            assertThat(history.last().training().metric("maximum error")).isLessThan(0.1);
        }
        try (Trainer trainer = Trainer.of(model, new MeanSquaredError(), new Sgd(0.5))) {
            trainer.fit(new Line(-1, 64), epochs(30).batchSize(16));
        }
        assertThat(Vectors.toDoubles(model.weights())).containsExactly(new double[] {-1}, within(1e-3));
    }

    private static INDArray column(double... values) {
        return Vectors.of(DataType.DOUBLE, values, values.length, 1);
    }
}
