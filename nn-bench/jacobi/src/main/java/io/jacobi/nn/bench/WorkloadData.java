package io.jacobi.nn.bench;

import io.jacobi.nn.bench.worker.Examples;
import io.jacobi.nn.bench.worker.Workload;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The files that all frameworks read, in a directory that lasts as long as the race.
 *
 * @param directory where they are
 * @param convolutionalExamples how many training examples W3 has
 */
record WorkloadData(Path directory, int convolutionalExamples) implements AutoCloseable {

    private static final int TRAINING_EXAMPLES = 60_000;

    /** Writes MNIST, whole and cut for W3. */
    static WorkloadData prepare(int convolutionalExamples) throws IOException {
        Path directory = Files.createTempDirectory("jacobi-bench");
        WorkloadData data = new WorkloadData(directory, convolutionalExamples);
        for (String part : new String[] {"whole", "cut"}) {
            Files.createDirectory(directory.resolve(part));
            int n = part.equals("whole") ? TRAINING_EXAMPLES : convolutionalExamples;
            examples(Mnist.train(), n).write(directory.resolve(part), "train");
            examples(Mnist.test(), Mnist.test().size()).write(directory.resolve(part), "test");
        }
        return data;
    }

    /** How many training examples a workload has. */
    int trainingExamples(Workload workload) {
        return workload.isConvolutional() ? convolutionalExamples : TRAINING_EXAMPLES;
    }

    /** Where they are. */
    Path directory(Workload workload) {
        return directory.resolve(workload.isConvolutional() ? "cut" : "whole");
    }

    /** Where the frameworks' messages go. */
    Path log() {
        return Path.of("bench.log");
    }

    private static Examples examples(ArrayDataset set, int n) {
        INDArray pixels = Memory.array(DataType.FLOAT, n, Workload.PIXELS);
        INDArray labels = Memory.vector(DataType.FLOAT, n);
        set.read(rows(n), 0, n, pixels, labels);
        double[] flat = Vectors.toDoubles(pixels);
        double[] classes = Vectors.toDoubles(labels);
        float[][] all = new float[n][Workload.PIXELS];
        for (int i = 0; i < flat.length; i++) {
            all[i / Workload.PIXELS][i % Workload.PIXELS] = (float) flat[i];
        }
        return new Examples(all, Arrays.stream(classes).mapToInt(c -> (int) c).toArray());
    }

    private static int[] rows(int n) {
        int[] rows = new int[n];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(WorkloadData::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
