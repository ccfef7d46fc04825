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
 * The examples of the workloads as files that every worker reads, in a temporary directory that is deleted on close.
 *
 * @param directory the temporary directory
 * @param convolutionalExamples the number of training examples of W3
 */
record WorkloadData(Path directory, int convolutionalExamples) implements AutoCloseable {

    private static final int TRAINING_EXAMPLES = 60_000;

    /** Writes MNIST, once in full and once with fewer training examples for W3. */
    static WorkloadData prepare(int convolutionalExamples) throws IOException {
        Path directory = Files.createTempDirectory("jacobi-bench");
        WorkloadData data = new WorkloadData(directory, convolutionalExamples);
        for (String part : new String[] {"full", "reduced"}) {
            Files.createDirectory(directory.resolve(part));
            int n = part.equals("full") ? TRAINING_EXAMPLES : convolutionalExamples;
            examples(Mnist.train(), n).write(directory.resolve(part), "train");
            examples(Mnist.test(), Mnist.test().size()).write(directory.resolve(part), "test");
        }
        return data;
    }

    /** The number of training examples of a workload. */
    int trainingExamples(Workload workload) {
        return workload.isConvolutional() ? convolutionalExamples : TRAINING_EXAMPLES;
    }

    /** The directory with the examples of a workload. */
    Path directory(Workload workload) {
        return directory.resolve(workload.isConvolutional() ? "reduced" : "full");
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
