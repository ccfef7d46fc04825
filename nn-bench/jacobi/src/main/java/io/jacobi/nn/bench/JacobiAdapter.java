package io.jacobi.nn.bench;

import io.jacobi.nn.Shape;
import io.jacobi.nn.bench.worker.Examples;
import io.jacobi.nn.bench.worker.TrainingAdapter;
import io.jacobi.nn.bench.worker.Workload;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Jacobi, used as in its README. */
public final class JacobiAdapter implements TrainingAdapter {

    private @Nullable Sequential model;
    private @Nullable Predictor predictor;
    private @Nullable Trainer trainer;
    private @Nullable ArrayDataset data;
    private Fit fit = Fit.epochs(1);

    @Override
    public void build(Workload workload, int threads, Examples train) {
        Sequential built = network(workload);
        model = built;
        predictor = Predictor.of(built);
        trainer = Trainer.of(built, new SoftmaxCrossEntropy(), optimizer(workload))
                .threads(threads);
        data = ArrayDataset.of(train.pixels(), train.labels());
        fit = Fit.epochs(1).batchSize(workload.batch());
    }

    private static Optimizer optimizer(Workload workload) {
        return switch (workload.optimizer()) {
            case SGD -> new Sgd(workload.rate());
            case ADAM -> new Adam(workload.rate());
        };
    }

    /** Builds the network of a workload in float. */
    static Sequential network(Workload workload) {
        Sequential.Builder builder = Sequential.input(Shape.of(Workload.PIXELS));
        if (workload.isConvolutional()) {
            builder.add(new Reshape(1, 28, 28))
                    .add(new Conv2d(16, 3).withPadding(1))
                    .add(new Relu())
                    .add(new MaxPool2d(2))
                    .add(new Conv2d(32, 3).withPadding(1))
                    .add(new Relu())
                    .add(new MaxPool2d(2))
                    .add(new Flatten());
        }
        for (int units : workload.hidden()) {
            builder.add(new Affine(units)).add(new Relu());
        }
        return builder.add(new Affine(Workload.CLASSES)).build(DataType.FLOAT, 42);
    }

    @Override
    public void epoch() {
        Objects.requireNonNull(trainer).fit(Objects.requireNonNull(data), fit);
    }

    @Override
    public float[] predict(float[] pixels) {
        return Objects.requireNonNull(predictor).predict(pixels);
    }

    @Override
    public float[][] predict(float[][] pixels) {
        return Objects.requireNonNull(predictor).predict(pixels);
    }

    /** Stores the weights as little-endian floats, in the order of the model. */
    @Override
    public void save(Path file) throws IOException {
        double[] weights = Vectors.toDoubles(Objects.requireNonNull(model).weights());
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double weight : weights) {
            bytes.putFloat((float) weight);
        }
        Files.write(file, bytes.array());
    }

    @Override
    public void open(Workload workload, int threads, Path file) throws IOException {
        Sequential built = network(workload);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[] weights = new double[bytes.remaining() / Float.BYTES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = bytes.getFloat();
        }
        Vectors.set(built.weights(), weights);
        model = built;
        predictor = Predictor.of(built);
    }
}
