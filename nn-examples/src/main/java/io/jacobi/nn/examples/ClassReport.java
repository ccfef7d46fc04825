package io.jacobi.nn.examples;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.inference.Classifier;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.metric.RunningReport;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How good a network's answers are for examples of classes. */
final class ClassReport {

    private static final int BATCH = 256;

    private ClassReport() {}

    /** @param data with the index of a class as the target */
    static Report of(Sequential network, Dataset data, List<String> labels) {
        int capacity = Math.min(BATCH, data.size());
        int width = Math.toIntExact(data.features().size());
        try (Classifier classifier = Classifier.of(network, labels);
                RunningReport running = RunningReport.ofClasses(classifier.labels());
                INDArray x = Memory.array(DataType.FLOAT, capacity, width);
                INDArray y = Memory.array(DataType.FLOAT, capacity)) {
            Scratch scratch = new Scratch();
            float[] target = new float[1];
            for (Batch batch : Batches.inOrder(data, capacity).epoch(0)) {
                int n = batch.size();
                batch.read(0, n, x, y);
                float[][] rows = new float[n][width];
                for (int i = 0; i < n; i++) {
                    Vectors.get(scratch, x, i * width, rows[i]);
                }
                double[][] answers = classifier.probabilities(rows);
                for (int i = 0; i < n; i++) {
                    Vectors.get(scratch, y, i, target);
                    running.add(answers[i], new double[] {target[0]});
                }
            }
            return running.report();
        }
    }
}
