package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class ClassifierTest {

    private static final List<String> PETS = List.of("cat", "dog", "fish");

    @TempDir
    Path directory;

    /** y = x, which means what the test says. */
    record Passing(OutputKind outputKind) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Vectors.copy(p.scratch(), p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            throw new AssertionError("nothing is trained in this test");
        }
    }

    private static Sequential passing(OutputKind kind, long... shape) {
        return Sequential.input(Shape.of(shape)).add(new Passing(kind)).build(DataType.FLOAT, 1);
    }

    private static float[] row(double... values) {
        float[] row = new float[values.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) values[i];
        }
        return row;
    }

    @Test
    void severalLogitsAnswerWithTheirSoftmax() {
        try (Classifier pets = Classifier.of(passing(OutputKind.ANY, 3), PETS)) {
            // e^0 : e^ln 3 : e^0 = 1 : 3 : 1
            Classification answer = pets.classify(row(0, Math.log(3), 0));

            assertThat(answer.label()).isEqualTo("dog");
            assertThat(answer.index()).isEqualTo(1);
            assertThat(answer.probability()).isCloseTo(0.6, within(1e-7));
            assertThat(pets.probabilities(row(1000, 1000, -1000))).containsExactly(0.5, 0.5, 0);
        }
    }

    @Test
    void logProbabilitiesAndProbabilitiesAreTakenAsTheyAre() {
        try (Classifier logs = Classifier.of(passing(OutputKind.LOG_PROBABILITIES, 3), PETS);
                Classifier shares = Classifier.of(passing(OutputKind.PROBABILITIES, 3), PETS)) {
            assertThat(logs.probabilities(row(Math.log(0.5), Math.log(0.25), Math.log(0.25))))
                    .usingComparatorWithPrecision(1e-7)
                    .containsExactly(0.5, 0.25, 0.25);
            assertThat(shares.classify(row(0.25, 0.25, 0.5))).isEqualTo(new Classification("fish", 2, 0.5));
        }
    }

    @Test
    void aSingleLogitAnswersNoOrYes() {
        try (Classifier spam = Classifier.of(passing(OutputKind.ANY, 1), List.of("ham", "spam"))) {
            assertThat(spam.classify(row(Math.log(4))).label()).isEqualTo("spam");
            assertThat(spam.classify(row(Math.log(4))).probability()).isCloseTo(0.8, within(1e-7));
            assertThat(spam.classify(row(-Math.log(4))).label()).isEqualTo("ham");
            assertThat(spam.classify(row(0)))
                    .as("no, as BinaryAccuracy has it")
                    .isEqualTo(new Classification("ham", 0, 0.5));
            assertThat(spam.probabilities(row(100))[0]).as("does not cancel").isCloseTo(Math.exp(-100), within(1e-50));
        }
    }

    @Test
    void aSingleProbabilityIsTheProbabilityOfYes() {
        try (Classifier spam = Classifier.of(passing(OutputKind.PROBABILITIES, 1), List.of("ham", "spam"))) {
            assertThat(spam.probabilities(row(0.75))).containsExactly(0.25, 0.75);
            assertThatIllegalStateException()
                    .isThrownBy(() -> spam.classify(row(1.5)))
                    .withMessageContainingAll("one is -0.5", "fix: ");
        }
    }

    @Test
    void severalRowsAreAnsweredAtOnce() {
        float[][] rows = new float[700][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i % 3 == 0 ? 2 : 0, i % 3 == 1 ? 2 : 0, i % 3 == 2 ? 2 : 0);
        }
        try (Classifier pets = Classifier.of(passing(OutputKind.ANY, 3), PETS)) {
            List<Classification> answers = pets.classify(rows);
            double[][] probabilities = pets.probabilities(rows);

            assertThat(answers).hasSize(700);
            for (int i = 0; i < rows.length; i++) {
                assertThat(answers.get(i)).isEqualTo(pets.classify(rows[i]));
                assertThat(answers.get(i).index()).isEqualTo(i % 3);
                assertThat(probabilities[i]).isEqualTo(pets.probabilities(rows[i]));
            }
        }
    }

    @Test
    void aStoredModelAnswersWithItsLabels() throws IOException {
        Path file = directory.resolve("spam.safetensors");
        try (Sequential model = Sequential.input(Shape.of(2)).add(new Dense(1)).build(DataType.FLOAT, 1)) {
            Vectors.set(model.weights(), new double[] {2, -1, 0.5});
            ModelFile.of(model).withLabels(List.of("ham", "spam")).save(file);
        }
        try (Classifier spam = Classifier.load(file)) {
            // 2 · 1 − 1 · 0.5 + 0.5 = 2
            assertThat(spam.labels()).containsExactly("ham", "spam");
            assertThat(spam.classify(row(1, 0.5)).label()).isEqualTo("spam");
            assertThat(spam.classify(row(1, 0.5)).probability()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-9));
        }
    }

    @Test
    void classesWithoutLabelsAreNumbered() {
        try (Classifier numbered = Classifier.of(passing(OutputKind.ANY, 3), List.of())) {
            assertThat(numbered.labels()).containsExactly("0", "1", "2");
        }
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Classifier.of(passing(OutputKind.ANY, 3), List.of("cat", "dog")))
                .withMessageContainingAll("2 labels", "3 classes", "fix: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Classifier.of(passing(OutputKind.ANY, 1), List.of("spam")))
                .withMessageContainingAll("1 labels", "2 classes", "no and yes");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Classifier.of(passing(OutputKind.ANY, 2, 2), List.of()))
                .withMessageContaining("no classifier");
    }

    @Test
    void outputsThatAreNoProbabilitiesOfClassesAreRefused() {
        try (Classifier labels = Classifier.of(passing(OutputKind.PROBABILITIES, 2), List.of())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> labels.classify(row(0.75, 0.75)))
                    .withMessageContainingAll("sum to 1.5", "Predictor for several labels");
        }
        try (Sequential model = Sequential.input(Shape.of(2)).add(new Dense(2)).build(DataType.FLOAT, 1);
                Classifier diverged = Classifier.of(model, List.of())) {
            Vectors.set(model.weights(), new double[] {Double.NaN, 0, 0, 0, 0, 0});
            assertThatIllegalStateException()
                    .isThrownBy(() -> diverged.classify(row(1, 1)))
                    .withMessageContaining("output of the model is NaN");
        }
    }

    @Test
    void aPredictorMayBeReplacedAndStaysOpen() {
        Sequential model = Sequential.input(Shape.of(1)).add(new Dense(1)).build(DataType.FLOAT, 1);
        Vectors.set(model.weights(), new double[] {1, 0});
        try (Snapshot first = Snapshot.of(model);
                Predictor predictor = Predictor.of(first)) {
            Classifier spam = Classifier.of(predictor, List.of("ham", "spam"));
            assertThat(spam.classify(row(5)).label()).isEqualTo("spam");
            Vectors.set(model.weights(), new double[] {-1, 0});
            try (Snapshot second = Snapshot.of(model)) {
                predictor.replace(second);
            }
            assertThat(spam.classify(row(5)).label()).isEqualTo("ham");
            spam.close();
            assertThat(predictor.predict(row(5))).containsExactly(-5);
        }
    }

    @Test
    void aClosedClassifierSaysSo() {
        Classifier pets = Classifier.of(passing(OutputKind.ANY, 3), PETS);
        pets.close();
        pets.close();

        assertThatIllegalStateException().isThrownBy(() -> pets.classify(row(1, 2, 3)));
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Classifier pets = Classifier.of(passing(OutputKind.ANY, 3), PETS)) {
            List<Future<Classification>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                float[] row = row(i % 7, i % 5, i % 3);
                answers.add(threads.submit(() -> pets.classify(row)));
            }
            for (int i = 0; i < 400; i++) {
                assertThat(answers.get(i).get()).isEqualTo(pets.classify(row(i % 7, i % 5, i % 3)));
            }
        } finally {
            threads.shutdown();
        }
    }
}
