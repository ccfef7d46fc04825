package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.HashEncoding;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.NumberTransform;
import io.jacobi.nn.files.table.NumbersTarget;
import io.jacobi.nn.files.table.OneHotEncoding;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.TargetEncoding;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class EncodedRowsTest {

    private static final OneHotEncoding COLOR = new OneHotEncoding("color", List.of("red", "blue"), false, false);

    private static EncodedRows rows(TargetEncoding target, String... header) {
        TableEncoding encoding = new TableEncoding(List.of(COLOR), target, List.of());
        return new EncodedRows(encoding, List.of(header), new MemoryLimit(1 << 20));
    }

    @Test
    void readsFeaturesAndTargetsInAnyOrder() {
        EncodedRows rows = rows(new ClassTarget("y", List.of("no", "yes")), "y", "color");
        for (int i = 0; i < 10_000; i++) {
            rows.add(List.of(i % 3 == 0 ? "yes" : "no", i % 2 == 0 ? "red" : "blue"));
        }
        try (INDArray x = Memory.array(DataType.FLOAT, 3, 2);
                INDArray y = Memory.array(DataType.FLOAT, 3)) {
            rows.read(new int[] {0, 9_999, 4, 5_000}, 1, 3, x, y);

            assertThat(Vectors.toDoubles(x)).containsExactly(0, 1, 1, 0, 1, 0);
            assertThat(Vectors.toDoubles(y)).containsExactly(1, 0, 0);
        }
        assertThat(rows.size()).isEqualTo(10_000);
    }

    @Test
    void theShapeOfTargetsIsWhatTheLossTakes() {
        assertThat(rows(new ClassTarget("y", List.of("no", "yes")), "color", "y")
                        .target())
                .isEqualTo(Shape.of());
        assertThat(rows(new LabelsTarget(List.of("a")), "color", "a").target()).isEqualTo(Shape.of(1));
        assertThat(rows(new LabelsTarget(List.of("a", "b")), "color", "a", "b").target())
                .isEqualTo(Shape.of(2));
        NumbersTarget.Column price = new NumbersTarget.Column("price", NumberTransform.IDENTITY, 0, 1, false);
        assertThat(rows(new NumbersTarget(List.of(price)), "color", "price").target())
                .isEqualTo(Shape.of(1));
    }

    @Test
    void rowsThatDoNotFitTheMemoryAreRefusedBeforeItIsAllocated() {
        MemoryLimit memory = new MemoryLimit(1 << 20);
        TableEncoding wide = new TableEncoding(
                List.of(new HashEncoding("text", 1 << 28)), new ClassTarget("y", List.of("no", "yes")), List.of());
        EncodedRows rows = new EncodedRows(wide, List.of("text", "y"), memory);
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> rows.add(List.of("words", "yes")))
                .withMessageStartingWith("the rows need more than 1,048,576 bytes, at 1,073,741,828 bytes each")
                .withMessageContaining("fix: allow more memory");
    }

    @Test
    void theMemoryIsThatOfAllParts() {
        MemoryLimit memory = new MemoryLimit(8 * 4096 + 100);
        TableEncoding encoding =
                new TableEncoding(List.of(COLOR), new ClassTarget("y", List.of("no", "yes")), List.of());
        EncodedRows first = new EncodedRows(encoding, List.of("color", "y"), memory);
        EncodedRows second = new EncodedRows(encoding, List.of("color", "y"), memory);
        first.add(List.of("red", "yes"));
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> second.add(List.of("red", "yes")))
                .withMessageContaining("at most about 4108 rows of these columns");
    }
}
