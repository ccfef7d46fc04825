package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.metric.ConfusionMatrix;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.tabular.TabularEvaluation;
import io.jacobi.nn.tabular.TabularModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** Compares the answers of a stored model with the right ones. */
@Command(
        name = "evaluate",
        description = {
            "Compare the answers of a stored model with the right ones, and print the metrics that fit: accuracy, F1, log"
                    + " loss and the confusion matrix of classes; the errors of numbers, in their own unit.",
            "A table is read as a stream and may be larger than memory."
        },
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    /** A matrix of more classes is too wide for a terminal: the most frequent errors say more. */
    private static final int MOST_CLASSES = 15;

    private static final String MNIST = "mnist";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model stored by train or mnist.")
    private Path model = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description =
                    "A table with the target's column, or images, as train reads them; - for a table on the standard"
                            + " input, mnist for the bundled test images. If the data have test examples, these are used.")
    private Path data = Path.of("");

    @Mixin
    private CsvOptions csv = new CsvOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        Optional<JsonFile> results = output.json(spec);
        Report report;
        try (StoredModel stored = StoredModel.load(model)) {
            boolean bundled = data.toString().equals(MNIST) && !Files.exists(data);
            if (!bundled) {
                DataFiles.requireExists(data);
            }
            report = stored.isOfTable() ? ofTable(stored) : ofImages(stored, bundled);
        }
        print(report, output.text(spec));
        if (results.isPresent()) {
            results.get().write(json -> write(report, json));
        }
        return 0;
    }

    private Report ofTable(StoredModel stored) throws IOException {
        try (TabularModel table = stored.table()) {
            if (NpzFile.isOne(data)) {
                return NpzFile.read(data, true, file -> TabularEvaluation.of(table, file.table()));
            }
            if (DataFiles.isImages(data)) {
                throw new IllegalArgumentException(model + " is a model of a table, and " + data + " is none"
                        + "\n  expected a table with the columns that the model was trained with");
            }
            return TabularEvaluation.of(table, DataFiles.table(data, csv.format(), System.in));
        }
    }

    private Report ofImages(StoredModel stored, boolean bundled) throws IOException {
        Shape input = stored.file().model().inputShape();
        Shape output = stored.file().model().outputShape();
        if (output.rank() != 1 || output.size() < 2) {
            throw new IllegalArgumentException(model + " has an output of shape " + output
                    + ", which is none for classes\n  expected an output for each of two classes or more"
                    + "\n  fix: judge it in a program, with Evaluator (docs/metrics.md)");
        }
        int classes = Math.toIntExact(output.size());
        ArrayDataset images = images(stored, input, classes, bundled);
        if (images.features().size() != input.size()) {
            throw new IllegalArgumentException(model + " takes examples of shape " + input + ", and those of " + data
                    + " have the shape " + images.features() + "\n  expected images of the size it was trained with");
        }
        return ClassReport.of(
                stored.file().model(), images.reshape(input), stored.file().labels());
    }

    private ArrayDataset images(StoredModel stored, Shape input, int classes, boolean bundled) throws IOException {
        if (bundled) {
            return ImageFiles.mnist().test().orElseThrow();
        } else if (NpzFile.isOne(data)) {
            ImageData images = NpzFile.read(data, true, file -> file.images(classes));
            return requireClasses(images, classes).train();
        } else if (ImageFiles.isIdx(data)) {
            ImageData images = requireClasses(ImageFiles.idx(data, classes), classes);
            return images.test().orElse(images.train());
        } else if (ImageFiles.isFolders(data)) {
            return ImageFiles.judged(data, imageShape(input), labels(stored, classes));
        }
        throw new IllegalArgumentException(model + " is a model of images, and " + data + " has none"
                + "\n  expected a folder with a folder of images for each class, the IDX files of MNIST's format,"
                + " an .npz file with x and y, or mnist");
    }

    private ImageData requireClasses(ImageData images, int classes) {
        if (images.labels().size() > classes) {
            throw new IllegalArgumentException(data + " has " + images.labels().size() + " classes, and " + model
                    + " knows " + classes + "\n  expected the classes that it was trained with");
        }
        return images;
    }

    private static List<String> labels(StoredModel stored, int classes) {
        List<String> names = stored.file().labels();
        return names.isEmpty() ? ImageFiles.digits(classes) : names;
    }

    /** The shape of the images that become this input: vectors are taken for grey squares. */
    private Shape imageShape(Shape input) {
        long side = Math.round(Math.sqrt((double) input.size()));
        if (input.rank() == 3) {
            return input;
        } else if (input.rank() == 1 && side * side == input.size()) {
            return Shape.of(1, side, side);
        }
        throw new IllegalArgumentException(model + " takes examples of shape " + input + ", which are no images"
                + "\n  expected [channels, height, width], or as many numbers as a grey square has pixels");
    }

    private static void print(Report report, PrintWriter out) {
        out.println(report.examples() + (report.examples() == 1 ? " example" : " examples"));
        int width = report.metrics().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        report.metrics()
                .forEach((name, value) -> out.println(
                        FileText.show(name) + " ".repeat(2 + width - name.length()) + MetricNames.text(value)));
        report.confusion().ifPresent(matrix -> {
            out.println();
            out.println(matrix.classes() <= MOST_CLASSES ? shown(matrix) : Confusions.of(matrix));
        });
        out.flush();
    }

    private static ConfusionMatrix shown(ConfusionMatrix matrix) {
        return matrix.withLabels(
                matrix.labels().stream().map(label -> FileText.show(label, 20)).toList());
    }

    private void write(Report report, JsonGenerator json) {
        report.metrics().forEach((name, value) -> json.writeNumberProperty(MetricNames.camelCase(name), value));
        json.writeNumberProperty("examples", report.examples());
        json.writeStringProperty("model", model.toString());
        json.writeStringProperty("data", data.toString());
        report.confusion().ifPresent(matrix -> {
            json.writeArrayPropertyStart("labels");
            matrix.labels().forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("confusionMatrix");
            for (long[] row : matrix.counts()) {
                json.writeStartArray();
                for (long count : row) {
                    json.writeNumber(count);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        });
    }
}
