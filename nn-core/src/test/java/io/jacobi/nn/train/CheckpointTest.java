package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Claiming;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.Inspection;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Checkpoint.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** The files that a run leaves, their content, and the runs that may use them. */
class CheckpointTest {

    /** Two batches of 6 and 4. */
    private static final Dataset DATA = Toy.points(10);

    @TempDir
    private Path directory;

    private static History train(Sequential model, Optimizer optimizer, Dataset data, Fit fit) {
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), optimizer).threads(2)) {
            return trainer.fit(data, fit);
        }
    }

    private static History train(Fit fit) {
        return train(Toy.model(DataType.FLOAT), new Adam(0.1), DATA, fit);
    }

    private static Fit fit(int epochs) {
        return epochs(epochs).batchSize(6).metrics(new Accuracy());
    }

    private static Fit fit(int epochs, Checkpoint checkpoint) {
        return fit(epochs).checkpoint(checkpoint);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path ofStep(int step) {
        return directory.resolve("step-0000000" + step + ".safetensors");
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void theLastThreeEpochsAreKept() throws IOException {
        train(fit(4, Checkpoint.in(directory.resolve("not/there/yet"))));
        directory = directory.resolve("not/there/yet");

        assertThat(files())
                .containsExactly("step-00000004.safetensors", "step-00000006.safetensors", "step-00000008.safetensors");
    }

    @Test
    void theGivenNumberIsKeptOfTheGivenStepsAndEpochs() throws IOException {
        train(fit(4, Checkpoint.in(directory).everyEpochs(3).everySteps(3).keep(9)));

        assertThat(files())
                .as("steps 3 and 6, the third epoch, which is step 6 as well, and the last")
                .containsExactly("step-00000003.safetensors", "step-00000006.safetensors", "step-00000008.safetensors");
    }

    private int stepOfBest() throws IOException {
        return (int)
                CheckpointFile.load(directory.resolve("best.safetensors")).run().steps();
    }

    @Test
    void anEqualValueIsNotBetterAndNanAndInfinityNeverAre() {
        Sequential model = Toy.model(DataType.FLOAT);
        Best max = new Best("accuracy", Mode.MAX);
        Best min = new Best("loss", Mode.MIN);
        List<Boolean> highest = Stream.of(0.5, 0.4, Double.NaN, 0.5, Double.POSITIVE_INFINITY, 0.6)
                .map(v -> max.isBestSoFar(model, result(v)))
                .toList();
        List<Boolean> lowest = Stream.of(Double.NaN, 0.5, 0.5, Double.NEGATIVE_INFINITY, 0.4, 0.6)
                .map(v -> min.isBestSoFar(model, result(v)))
                .toList();

        assertThat(highest).containsExactly(true, false, false, false, false, true);
        assertThat(lowest).containsExactly(false, true, false, false, true, false);
    }

    private static EpochResult result(double value) {
        Evaluation evaluation = new Evaluation(value, Map.of("accuracy", value));
        return new EpochResult(1, evaluation, Optional.empty(), 1, 1);
    }

    @Test
    void onlyTheBestIsStoredIfNoneOfTheLastIsKept() throws IOException {
        // the rate is far too high, so the loss rises from the first epoch on
        History history = train(
                Toy.model(DataType.FLOAT),
                new Sgd(60),
                DATA,
                fit(3, Checkpoint.in(directory).keep(0).best("loss", Mode.MIN)));
        List<Double> losses =
                history.epochs().stream().map(e -> e.training().loss()).toList();
        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());

        assertThat(files()).containsExactly("best.safetensors");
        assertThat(stepOfBest()).isEqualTo(2 * (best + 1));
    }

    @Test
    void aResumedRunKnowsTheBestOfTheOneBefore() throws IOException {
        Fit fit = fit(1, Checkpoint.in(directory).best("loss", Mode.MAX));
        double worst = train(fit).last().training().loss();
        History history =
                train(fit(3, Checkpoint.in(directory).best("loss", Mode.MAX)).resume(directory));

        assertThat(history.epochs()).allMatch(epoch -> epoch.training().loss() <= worst);
        assertThat(stepOfBest()).isEqualTo(2);
    }

    @Test
    void oneRunMayHaveSeveralAndEachFileKnowsTheBestOfAll() throws IOException {
        Path losses = directory.resolve("losses");
        Path steps = directory.resolve("steps");
        train(fit(2, Checkpoint.in(steps).everySteps(1).keep(9).notes(List.of("steps")))
                .checkpoint(Checkpoint.in(losses).keep(0).best("loss", Mode.MIN).notes(List.of("losses")))
                .checkpoint(Checkpoint.in(directory).best("accuracy", Mode.MAX)));

        CheckpointFile first = CheckpointFile.load(steps.resolve("step-00000002.safetensors"));
        CheckpointFile best = CheckpointFile.load(losses.resolve("best.safetensors"));
        assertThat(first.run().notes()).containsExactly("steps");
        assertThat(best.run().notes()).containsExactly("losses");
        assertThat(first.run().values())
                .extracting(value -> value.owner() + ": " + value.name())
                .contains(
                        "io.jacobi.nn.train.Checkpoint 2: best loss MIN",
                        "io.jacobi.nn.train.Checkpoint 3: best accuracy MAX");
        assertThat(files())
                .containsExactly(
                        "best.safetensors",
                        "losses",
                        "step-00000002.safetensors",
                        "step-00000004.safetensors",
                        "steps");
    }

    @Test
    void isWrittenAfterAllCallbacksWereCalled() throws IOException {
        Callback scale = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                progress.scaleRate(0.5);
            }
        };
        train(fit(1, Checkpoint.in(directory).everySteps(1)).callbacks(scale));

        assertThat(CheckpointFile.load(ofStep(1)).run().rateFactor()).isEqualTo(0.5);
        assertThat(CheckpointFile.load(ofStep(2)).run().rateFactor()).isEqualTo(0.25);
    }

    @Test
    void aCheckpointIsAModelFile() throws IOException {
        Sequential model = Toy.model(DataType.FLOAT);
        train(
                model,
                new Adam(0.1),
                DATA,
                fit(2).callbacks(new EarlyStopping(5))
                        .checkpoint(Checkpoint.in(directory)
                                .labels(List.of("low", "high"))
                                .notes(List.of("by hand"))));

        ModelFile file = ModelFile.load(ofStep(4));
        assertThat(file.labels()).containsExactly("low", "high");
        assertThat(Vectors.toDoubles(file.model().weights())).isEqualTo(Vectors.toDoubles(model.weights()));
        Sequential other = Toy.model(DataType.FLOAT).copy();
        ModelFile.loadWeights(other, ofStep(4));
        assertThat(Vectors.toDoubles(other.weights())).isEqualTo(Vectors.toDoubles(model.weights()));
        Inspection inspection = Inspection.of(ofStep(4));
        assertThat(inspection.integrity()).isEqualTo(Inspection.Integrity.INTACT);
        assertThat(inspection.toString())
                .contains("checkpoint of a run at step 4, 2 epochs done", "optimizer: Adam[", "batch size: 6")
                .contains("EarlyStopping: best loss 0.", "note: by hand", "run.optimizer.mean_square", "run.history");
    }

    @Test
    void aModelFileIsNotACheckpoint() throws IOException {
        ModelFile.of(Toy.model(DataType.FLOAT)).save(ofStep(1));

        assertThatThrownBy(() -> train(fit(1).resume(ofStep(1))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("is not a checkpoint", "fix: load only the model");
    }

    @Test
    void aDamagedOneIsSkipped() throws IOException {
        train(fit(3, Checkpoint.in(directory)));
        damage(ofStep(6));
        Files.writeString(ofStep(4), "");

        CheckpointDirectory.Found found = CheckpointDirectory.find(directory);

        assertThat(found.path()).isEqualTo(ofStep(2));
        assertThat(found.passedOver()).hasSize(2);
        assertThat(found.passedOver().get(0))
                .contains("step-00000006", "the weights changed after the file was written");
        assertThat(found.passedOver().get(1)).contains("step-00000004", "it has 0 bytes");
        assertThat(train(fit(3).resume(directory)).epochs()).hasSize(3);
    }

    @Test
    void aChangedPositionOfTheRunIsDetected() throws IOException {
        train(fit(1, Checkpoint.in(directory)));
        String text = Files.readString(ofStep(2), StandardCharsets.ISO_8859_1);
        Files.writeString(ofStep(2), text.replace("\\\"steps\\\":2", "\\\"steps\\\":3"), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> CheckpointFile.load(ofStep(2)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("the record of the run changed after the file was written", "SHA-256");
        assertThat(Inspection.of(ofStep(2)).integrity()).isEqualTo(Inspection.Integrity.DAMAGED);
    }

    @Test
    void ifAllAreDamagedTheMessageSaysWhatIsWrongWithEach() throws IOException {
        train(fit(2, Checkpoint.in(directory)));
        damage(ofStep(2));
        damage(ofStep(4));

        assertThatThrownBy(() -> train(fit(3).resume(directory)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("no checkpoint that can be loaded", "step-00000002", "step-00000004");
    }

    @Test
    void anotherRunInTheSameDirectoryIsRefusedBeforeItBegins() throws IOException {
        train(fit(1, Checkpoint.in(directory)));
        List<String> before = files();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(fit(5, Checkpoint.in(directory))))
                .withMessageContainingAll("checkpoints of another run in " + directory, "fit.resume");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void anotherRunIsRefusedWhileTheFirstOneLasts() throws IOException {
        List<Throwable> refused = new ArrayList<>();
        Callback second = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                // before the first checkpoint, and after it, from the start and resumed
                Fit other = fit(5, Checkpoint.in(directory));
                refused.add(catchThrowable(() -> train(progress.step() <= 2 ? other : other.resume(directory))));
            }
        };
        train(fit(2, Checkpoint.in(directory)).callbacks(second));

        assertThat(refused)
                .hasSize(4)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("Another run is using the directory " + directory, "fix: "));
        assertThat(files()).containsExactly("step-00000002.safetensors", "step-00000004.safetensors");
        train(fit(3, Checkpoint.in(directory)).resume(directory));
    }

    @Test
    void aRunThatFailedReleasesItsDirectory() throws IOException {
        Callback fails = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                throw new IllegalArgumentException("as planned");
            }
        };
        for (int i = 0; i < 2; i++) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> train(fit(1, Checkpoint.in(directory)).callbacks(fails)))
                    .withMessage("as planned");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aDirectoryThatIsDeletedWhileTheRunLastsIsNamed() {
        Path deleted = directory.resolve("run");
        Callback delete = new Callback() {
            @Override
            public void afterEpoch(Progress progress, EpochResult result) {
                if (progress.epoch() == 2) {
                    try (Stream<Path> files = Files.walk(deleted)) {
                        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(file);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };

        assertThatThrownBy(() -> train(fit(3, Checkpoint.in(deleted)).callbacks(delete)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("at step 4", deleted + " has been deleted, with its checkpoints", "fix: ")
                .hasMessageNotContainingAny("make room", "are whole");
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsRefusedBeforeTheFirstStep() throws IOException {
        Path file = Files.createFile(directory.resolve("afile"));

        assertThatThrownBy(() -> train(fit(1, Checkpoint.in(file))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(file.toString(), "there is a file where a directory is needed", "fix: ");
    }

    @Test
    void resumingFromAnEarlierFileDeletesTheLaterOnes() throws IOException {
        train(fit(3, Checkpoint.in(directory)));
        train(fit(2, Checkpoint.in(directory).keep(1)).resume(ofStep(2)));

        assertThat(files()).containsExactly("step-00000004.safetensors");
    }

    @Test
    void unfinishedFilesOfAKilledWriterAreRemovedAndNothingElse() throws IOException {
        Files.writeString(directory.resolve(".step-00000002.safetensors.jacobi-1234"), "half");
        Files.writeString(directory.resolve(".other.safetensors.jacobi-1234"), "half of something else");
        Files.writeString(directory.resolve("notes.txt"), "mine");

        train(fit(1, Checkpoint.in(directory)));

        assertThat(files()).containsExactly(".other.safetensors.jacobi-1234", "notes.txt", "step-00000002.safetensors");
    }

    @Test
    void aModelThatCannotBeStoredIsRefusedBeforeItIsTrained() {
        Sequential model = Sequential.input(Shape.of(2))
                .add(new Dense(2))
                .add(new Claiming(OutputKind.ANY))
                .build(DataType.FLOAT, 1);

        assertThatThrownBy(() -> train(model, new Sgd(0.1), DATA, fit(1, Checkpoint.in(directory))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be stored");
    }

    @Test
    void numbersBelowTheLeastAreRefused() {
        Checkpoint checkpoint = Checkpoint.in(directory);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.everySteps(0))
                .withMessageContaining("0 steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.everyEpochs(0))
                .withMessageContaining("0 epochs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.keep(-1))
                .withMessageContaining("-1 checkpoints");
    }
}
