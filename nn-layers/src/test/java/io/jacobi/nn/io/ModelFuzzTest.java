package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Shape;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.DateEncoding;
import io.jacobi.nn.files.table.HashEncoding;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.NumberTransform;
import io.jacobi.nn.files.table.NumbersTarget;
import io.jacobi.nn.files.table.OneHotEncoding;
import io.jacobi.nn.files.table.OrdinalEncoding;
import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.WordsEncoding;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Thousands of damaged and malicious model files. Each is refused in bounded memory, or gives the original model. */
@Timeout(300)
class ModelFuzzTest {

    /** The number of refused files of each of the eleven kinds, for each of the two models. */
    private static final int FILES = 500;

    private static final long MAX_BYTES = 64L << 20;

    @TempDir
    private Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ModelFile original = ModelFile.of(model(DataType.FLOAT));
    private byte[] bytes = {};

    private static Sequential model(DataType type) {
        return Sequential.input(Shape.of(1, 6, 6))
                .add(new Conv2d(2, 3).withPadding(1))
                .add(new BatchNorm())
                .add(new LeakyRelu(0.2))
                .add(new MaxPool2d(2))
                .add(new Reshape(3, 6))
                .add(new Lstm(4))
                .add("middle", Residual.of(Chain.of(new Affine(4), Gelu.tanh()), new Dropout(0.25)))
                .add(new Affine(3).withoutBias())
                .build(type, 5);
    }

    /** A model of a table with a column of each kind. */
    private static ModelFile ofATable() {
        Scaling scaling = new Scaling(0.5, 2, 1, true);
        TableEncoding table = new TableEncoding(
                List.of(
                        new NumberEncoding("number", NumberTransform.LOG, scaling, true),
                        new OrdinalEncoding("ordered", List.of("S", "M"), scaling),
                        new OneHotEncoding("category", List.of("a", "\"\n"), true, true),
                        new IndexEncoding("many", List.of("x", "y")),
                        new WordsEncoding("words", List.of("one", "two")),
                        new HashEncoding("hashed", 3),
                        new DateEncoding("date", "dd.MM.uuuu", true, scaling)),
                new NumbersTarget(List.of(new NumbersTarget.Column("price", NumberTransform.LOG, 2, 3, false))),
                List.of("id"));
        return ModelFile.of(Sequential.input(Shape.of(table.width()))
                        .add(new Affine(1))
                        .build(DataType.FLOAT, 5))
                .withTable(table);
    }

    private void save(ModelFile model) throws IOException {
        Path file = directory.resolve("original.safetensors");
        original = model;
        original.save(file);
        bytes = Files.readAllBytes(file);
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedInBoundedMemoryOrGivesTheSameModel(Mutation mutation) throws IOException {
        save(ModelFile.of(model(DataType.FLOAT))
                .withLabels(List.of("a", "b", "\"ü\""))
                .withTraining(new TrainingRecord("Toy", 3, 9, Map.of("accuracy", 0.75))));
        damage(mutation);
    }

    @ParameterizedTest
    @EnumSource
    void aModelOfATableIsRefusedInBoundedMemoryOrIsTheSame(Mutation mutation) throws IOException {
        save(ofATable());
        damage(mutation);
    }

    private void damage(Mutation mutation) throws IOException {
        SplittableRandom random = new SplittableRandom(mutation.name().hashCode());
        Path file = directory.resolve("mutated.safetensors");
        int refused = 0;
        for (int i = 0; i < FILES || refused < FILES; i++) {
            Files.write(file, mutation.apply(bytes, random));

            long before = threads.getCurrentThreadAllocatedBytes();
            boolean loaded = loads(file, mutation, mutation + " " + i);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for %s %d", mutation, i)
                    .isLessThan(MAX_BYTES);
            refused += loaded ? 0 : 1;
        }
        assertThat(refused).isGreaterThanOrEqualTo(FILES);
    }

    /** Encodes a row with what is left of a table: it gives features, or a message about a cell. */
    private static void encodeARow(TableEncoding table) {
        Map<String, Object> row = new HashMap<>();
        for (ColumnEncoding column : table.columns()) {
            row.put(column.column(), column instanceof DateEncoding ? "02.03.2024" : "7");
        }
        try {
            assertThat(RowEncoder.of(table).features(row)).hasSize(table.width());
        } catch (TableException refused) {
            assertThat(refused).hasMessageContainingAll("column", "expected", "fix: ");
        }
    }

    /**
     * Returns whether the file was loaded, and checks the loaded model. Exceptions other than ModelFormatException fail
     * the test.
     */
    private boolean loads(Path file, Mutation mutation, String what) throws IOException {
        ModelFile loaded;
        try {
            loaded = ModelFile.load(file);
        } catch (ModelFormatException refused) {
            assertThat(refused).as(what).hasMessageContainingAll("mutated.safetensors", "expect", "fix: ");
            return false;
        }
        assertThat(mutation.isAlwaysWrong()).as(what + " was loaded").isFalse();
        assertThat(Vectors.toDoubles(loaded.model().weights()))
                .as(what)
                .isEqualTo(Vectors.toDoubles(original.model().weights()));
        if (mutation != Mutation.FORGED) {
            assertThat(loaded.model().layers())
                    .as(what)
                    .isEqualTo(original.model().layers());
            assertThat(loaded.model().dataType()).as(what).isEqualTo(DataType.FLOAT);
            assertThat(loaded.model().seed()).as(what).isEqualTo(5);
            assertThat(loaded.labels()).as(what).isEqualTo(original.labels());
            assertThat(loaded.training()).as(what).isEqualTo(original.training());
            assertThat(loaded.table()).as(what).isEqualTo(original.table());
        }
        loaded.table().ifPresent(ModelFuzzTest::encodeARow);
        return true;
    }
}
