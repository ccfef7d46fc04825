package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.NumberTransform;
import io.jacobi.nn.files.table.OneHotEncoding;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNetworkTest {

    private static final ColumnEncoding AGE =
            new NumberEncoding("age", NumberTransform.IDENTITY, new Scaling(0, 1, 0, true), false);
    private static final ColumnEncoding JOB = new OneHotEncoding("job", List.of("a", "b", "c"), false, false);
    private static final ColumnEncoding CITY = new IndexEncoding("city", List.of("Bern", "Rome", "Lima"));

    private static String network(List<ColumnEncoding> columns, List<Integer> hidden, double dropout) {
        TableEncoding encoding =
                new TableEncoding(columns, new ClassTarget("y", List.of("no", "perhaps", "yes")), List.of());
        try (Sequential network = TableNetwork.build(encoding, hidden, dropout, 1)) {
            return network.toString();
        }
    }

    @Test
    void hasAnOutputForEachClass() {
        assertThat(network(List.of(AGE, JOB), List.of(8, 4), 0))
                .isEqualTo("Sequential[Affine(8), Relu, Affine(4), Relu, Affine(3)]");
        assertThat(network(List.of(AGE), List.of(), 0.5)).isEqualTo("Sequential[Affine(3)]");
        assertThat(network(List.of(AGE), List.of(8), 0.5))
                .isEqualTo("Sequential[Affine(8), Relu, Dropout(0.5), Affine(3)]");
    }

    @Test
    void embedsIndicesAndPassesTheOtherFeaturesOn() {
        assertThat(network(List.of(AGE, JOB, CITY), List.of(), 0))
                .isEqualTo("Sequential[Concat(Slice(0, 5), Chain(Slice(5, 6), Embedding(4, 3), Flatten)), Affine(3)]");
        assertThat(network(List.of(CITY), List.of(), 0))
                .isEqualTo("Sequential[Concat(Chain(Slice(0, 1), Embedding(4, 3), Flatten)), Affine(3)]");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "10, 6", "100, 21", "1000, 77", "10001, 278", "1000000, 600"})
    void dimensionsGrowWithTheCategoriesAsInFastai(int categories, int dimensions) {
        assertThat(TableNetwork.dimensions(categories)).isEqualTo(dimensions);
    }
}
