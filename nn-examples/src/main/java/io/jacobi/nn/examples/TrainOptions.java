package io.jacobi.nn.examples;

import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.tabular.ArrayTable;
import io.jacobi.nn.tabular.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code jacobi train} that decide which weights it ends with. */
final class TrainOptions implements TrainingOptions {

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description =
                    "What to train with: a table as CSV, as JSON lines or in an .npz file; or images, in a folder with"
                            + " a folder for each class, in the IDX files of MNIST's format or in an .npz file.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "COL",
            description = "The column of a table that the model predicts; with commas, several.")
    private List<String> target = List.of();

    @Option(
            names = "--validation",
            paramLabel = "P",
            description =
                    "The part of the examples that is held out to judge the model, and to stop training a table in"
                            + " time (${DEFAULT-VALUE}).")
    private double validation = 0.1;

    @Mixin
    private RunOptions run = new RunOptions();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Mixin
    private CsvOptions csv = new CsvOptions();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "The most memory for the rows of a table, such as 512m or 8g (${DEFAULT-VALUE}).",
            defaultValue = "2g",
            converter = MemorySize.Converter.class)
    private MemorySize memory = new MemorySize(2L << 30);

    @Option(
            names = "--image-size",
            paramLabel = "HxW",
            description =
                    "The size that images of a folder get (default: that of the largest, or 32x32 if a side of it has"
                            + " more than 64 pixels).",
            converter = ImageSize.Converter.class)
    private Optional<ImageSize> imageSize = Optional.empty();

    @Override
    public RunOptions run() {
        return run;
    }

    @Override
    public TrainingData open() throws IOException {
        Path path = data.orElseThrow(() -> new IllegalArgumentException("There is nothing to train with"
                + "\n  expected a table or images"
                + "\n  fix: --data FILE.csv --target COLUMN, or --data FOLDER; \"jacobi mnist\" needs no data"));
        DataFiles.requireExists(path);
        if (NpzFile.isOne(path)) {
            return NpzFile.read(path, false, file -> file.isTable() ? table(file.table()) : images(file.images(0)));
        } else if (ImageFiles.isIdx(path)) {
            return images(ImageFiles.idx(path, 0));
        } else if (Files.isDirectory(path)) {
            return images(ImageFiles.folders(path, imageSize));
        } else if (path.equals(DataFiles.STANDARD)) {
            throw new IllegalArgumentException("A table is read twice to train with, and the standard input can be read"
                    + " once\n  fix: store it in a file, and give the file's name");
        }
        return table(DataFiles.table(path, csv.format(), InputStream.nullInputStream()));
    }

    private TrainingData images(ImageData images) {
        return new ImageTraining(images, validation);
    }

    private TrainingData table(Table table) {
        Names names = new Names(table.columns());
        List<String> targets = names.of("--target", target.isEmpty() ? impliedTarget(table) : target);
        return new TableTraining(table, targets, columns, validation, memory);
    }

    /** Arrays have their own target; the columns of other tables may be anything. */
    private static List<String> impliedTarget(Table table) {
        List<String> columns = table.columns();
        if (table instanceof ArrayTable) {
            return columns.stream().filter(name -> name.startsWith("y")).toList();
        }
        throw new IllegalArgumentException("There is no target for " + table.name()
                + "\n  expected the column that the model is to predict, one of "
                + TableException.list(columns)
                + "\n  fix: --target COLUMN");
    }
}
