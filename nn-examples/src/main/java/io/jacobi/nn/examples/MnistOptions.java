package io.jacobi.nn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code jacobi mnist} that decide which weights it ends with. */
final class MnistOptions implements TrainingOptions {

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Other images in the IDX files of MNIST's format, such as Fashion-MNIST, as with train"
                    + " (default: the bundled MNIST).")
    private Optional<Path> data = Optional.empty();

    @Override
    public RunOptions run() {
        return run;
    }

    @Override
    public TrainingData open() throws IOException {
        if (data.isEmpty()) {
            return new ImageTraining(ImageFiles.mnist(), 0);
        }
        DataFiles.requireExists(data.get());
        if (!ImageFiles.isIdx(data.get())) {
            throw new IllegalArgumentException(data.get() + " has no files as MNIST's, such as train-images-idx3-ubyte"
                    + "\n  expected a directory with them"
                    + "\n  fix: train with other data by \"jacobi train --data " + data.get() + "\"");
        }
        return new ImageTraining(ImageFiles.idx(data.get(), 0), 0.1);
    }
}
