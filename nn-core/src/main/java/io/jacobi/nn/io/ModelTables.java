package io.jacobi.nn.io;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.Description;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.model.Blueprint;
import java.util.List;
import java.util.Optional;

/** The encodings of tables in model files: each fits the network whose input it makes and whose outputs it reads. */
final class ModelTables {

    private static final String FIX = "build the network for this table, or store the table that it was trained with";

    private ModelTables() {}

    /**
     * Reads the encoding in a description, if there is one.
     *
     * @throws ModelFormatException if it is malformed or does not fit the layers or the labels
     */
    static Optional<TableEncoding> read(Description description, Blueprint blueprint) throws ModelFormatException {
        if (description.table().isEmpty()) {
            return Optional.empty();
        }
        TableEncoding table = TableEncoding.fromJson(description.table().get());
        requireFit(table, description.labels(), blueprint);
        return Optional.of(table);
    }

    /** Checks that the table has the inputs and the outputs of the network, and the labels. */
    static void requireFit(TableEncoding table, List<String> labels, Blueprint blueprint) throws ModelFormatException {
        requireShape("makes", table.width(), "features", "an input", blueprint.inputShape());
        requireShape("reads", table.target().outputs(), "outputs", "an output", blueprint.outputShape());
        if (table.target() instanceof ClassTarget target && !target.classes().equals(labels)) {
            throw new ModelFormatException(
                    "the labels are not the classes of the table's target",
                    "the " + target.classes().size() + " classes in their order as labels",
                    "call withTable alone: it sets the labels");
        }
        try {
            RowEncoder.of(table);
        } catch (IllegalArgumentException refused) {
            throw new ModelFormatException(
                    "the table cannot be read: " + refused.getMessage(),
                    "columns as they were fitted to the training rows",
                    ModelFormatException.WRITE_AGAIN,
                    refused);
        }
    }

    private static void requireShape(String verb, int number, String what, String side, Shape shape)
            throws ModelFormatException {
        if (!shape.equals(Shape.of(number))) {
            throw new ModelFormatException(
                    "the table " + verb + " " + number + " " + what + " for a network with " + side + " of shape "
                            + shape,
                    side + " of shape " + Shape.of(number),
                    FIX);
        }
    }
}
