package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.TableEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fitted preprocessing compared with scikit-learn's: reference/tabular.py wrote the three files. */
class PreprocessingReferenceTest {

    @Test
    void featuresAreThoseOfScikitLearn() throws IOException {
        Table train = Resources.table("preprocessing/train.csv");
        Schema schema = Schema.infer(train, "price")
                .with(Column.number("minmax").scaled(ScalingMethod.MIN_MAX))
                .with(Column.number("robust").scaled(ScalingMethod.ROBUST))
                .with(Column.number("income").logarithmic())
                .with(Column.category("city").withMinCount(5))
                .with(Column.ordered("size", "S", "M", "L", "XL"))
                .with(Column.text("title"));
        TableProfile profile = TableProfile.read(train, schema, new ValidationSplit(0, 0));
        TableEncoding encoding = new EncodingFit(profile).fit(schema);
        Table serve = Resources.table("preprocessing/serve.csv");
        RowEncoder encoder = RowEncoder.of(encoding, serve.columns());

        // the vocabulary is by frequency here, and by the alphabet there
        Table expected = Resources.table("preprocessing/features.csv");
        List<String> names = new ArrayList<>(encoding.features());
        names.add("price");
        assertThat(names).containsExactlyInAnyOrderElementsOf(expected.columns());

        List<List<String>> right = Resources.rows(expected);
        serve.forEach((index, cells) -> {
            float[] features = encoder.features(cells);
            float[] price = new float[1];
            encoder.encodeTarget(cells, price, 0);
            for (int i = 0; i < names.size(); i++) {
                String value = right.get((int) index).get(expected.columns().indexOf(names.get(i)));
                assertThat(i < features.length ? features[i] : price[0])
                        .as("%s of row %d", names.get(i), index)
                        .isCloseTo(Float.parseFloat(value), within(Math.abs(Float.parseFloat(value)) * 2e-7f));
            }
        });
        assertThat(right).hasSize(25);
    }
}
