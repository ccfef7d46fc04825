package io.jacobi.nn.tabular;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Concat;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Slice;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The network for a table: embeddings of columns with many categories, fully connected hidden layers with ReLU, and one
 * output for each logit or number.
 */
final class TableNetwork {

    private static final int MAX_DIMENSIONS = 600;

    private TableNetwork() {}

    static Sequential build(TableEncoding encoding, List<Integer> hidden, double dropout, long seed) {
        Sequential.Builder builder = Sequential.input(Shape.of(encoding.width()));
        List<IndexEncoding> embedded = embedded(encoding);
        if (!embedded.isEmpty()) {
            builder.add(embeddings(encoding.width() - embedded.size(), embedded));
        }
        for (int units : hidden) {
            builder.add(new Affine(units)).add(new Relu());
            if (dropout > 0) {
                builder.add(new Dropout(dropout));
            }
        }
        return builder.add(new Affine(encoding.target().outputs())).build(DataType.FLOAT, seed);
    }

    private static List<IndexEncoding> embedded(TableEncoding encoding) {
        return encoding.columns().stream()
                .filter(IndexEncoding.class::isInstance)
                .map(IndexEncoding.class::cast)
                .toList();
    }

    /** The features as they are, and a row of an embedding in place of each index, which are the last features. */
    private static Layer embeddings(int features, List<IndexEncoding> columns) {
        List<Layer> branches = new ArrayList<>();
        if (features > 0) {
            branches.add(new Slice(0, features));
        }
        int at = features;
        for (IndexEncoding column : columns) {
            // the row of unknown categories may never be trained, and then counts for little, because it starts small
            Embedding rows = new Embedding(column.rows(), dimensions(column.rows()))
                    .withWeightInitializer(Initializers.normal(0, 0.01));
            branches.add(Chain.of(new Slice(at, at + 1), rows, new Flatten()));
            at++;
        }
        return new Concat(branches);
    }

    /** fastai's rule of thumb: 1.6 categories^0.56, at most 600. */
    static int dimensions(int categories) {
        return Math.min(MAX_DIMENSIONS, (int) Math.round(1.6 * StrictMath.pow(categories, 0.56)));
    }
}
