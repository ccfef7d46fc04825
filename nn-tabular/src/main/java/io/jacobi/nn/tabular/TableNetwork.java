package io.jacobi.nn.tabular;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** The network for a table: fully connected hidden layers with ReLU, and one output for each logit or number. */
final class TableNetwork {

    private TableNetwork() {}

    static Sequential build(TableEncoding encoding, List<Integer> hidden, double dropout, long seed) {
        Sequential.Builder builder =
                Sequential.input(Shape.of(encoding.features().size()));
        for (int units : hidden) {
            builder.add(new Affine(units)).add(new Relu());
            if (dropout > 0) {
                builder.add(new Dropout(dropout));
            }
        }
        return builder.add(new Affine(encoding.target().outputs())).build(DataType.FLOAT, seed);
    }
}
