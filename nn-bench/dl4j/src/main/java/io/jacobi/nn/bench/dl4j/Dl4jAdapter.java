package io.jacobi.nn.bench.dl4j;

import io.jacobi.nn.bench.worker.Examples;
import io.jacobi.nn.bench.worker.TrainingAdapter;
import io.jacobi.nn.bench.worker.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J's MultiLayerNetwork. Batches are built before the measurement and shuffled in each epoch. */
public final class Dl4jAdapter implements TrainingAdapter {

    private final List<DataSet> batches = new ArrayList<>();
    private final Random random = new Random(42);
    private @Nullable MultiLayerNetwork network;
    private INDArray input = Nd4j.create(1, Workload.PIXELS);

    @Override
    public void build(Workload workload, int threads, Examples train) {
        setThreads(threads);
        MultiLayerNetwork built = new MultiLayerNetwork(configuration(workload));
        built.init();
        network = built;
        for (int from = 0; from < train.size(); from += workload.batch()) {
            int to = Math.min(from + workload.batch(), train.size());
            INDArray x = Nd4j.create(Arrays.copyOfRange(train.pixels(), from, to));
            float[][] classes = new float[to - from][Workload.CLASSES];
            for (int i = from; i < to; i++) {
                classes[i - from][train.labels()[i]] = 1;
            }
            batches.add(new DataSet(x, Nd4j.create(classes)));
        }
    }

    private static void setThreads(int threads) {
        Nd4j.factory().blas().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        Nd4j.getEnvironment().setMaxThreads(threads);
    }

    private static org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration(Workload workload) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(42)
                .weightInit(WeightInit.RELU)
                .updater(updater(workload))
                .list();
        if (workload.isConvolutional()) {
            list.layer(convolution(16))
                    .layer(pooling())
                    .layer(convolution(32))
                    .layer(pooling())
                    .setInputType(InputType.convolutionalFlat(28, 28, 1));
        } else {
            list.setInputType(InputType.feedForward(Workload.PIXELS));
        }
        for (int units : workload.hidden()) {
            list.layer(new DenseLayer.Builder()
                    .nOut(units)
                    .activation(Activation.RELU)
                    .build());
        }
        return list.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(Workload.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(channels)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    private static IUpdater updater(Workload workload) {
        return switch (workload.optimizer()) {
            case SGD -> new Sgd(workload.rate());
            case ADAM -> new Adam(workload.rate());
        };
    }

    @Override
    public void epoch() {
        Collections.shuffle(batches, random);
        for (DataSet batch : batches) {
            network().fit(batch);
        }
    }

    @Override
    public float[] predict(float[] pixels) {
        return network().output(holding(pixels)).toFloatVector();
    }

    @Override
    public float[][] predict(float[][] pixels) {
        return network().output(holding(pixels)).toFloatMatrix();
    }

    /** Returns the rows in a reused array, because ND4J creates one from a {@code float[][]} at every call. */
    private INDArray holding(float[]... rows) {
        if (input.rows() != rows.length) {
            input = Nd4j.create(rows.length, Workload.PIXELS);
        }
        FloatBuffer floats = input.data().asNioFloat();
        for (float[] row : rows) {
            floats.put(row);
        }
        return input;
    }

    @Override
    public void save(Path file) throws IOException {
        ModelSerializer.writeModel(network(), new File(file.toString()), false);
    }

    @Override
    public void open(Workload workload, int threads, Path file) throws IOException {
        setThreads(threads);
        network = ModelSerializer.restoreMultiLayerNetwork(new File(file.toString()), false);
    }

    private MultiLayerNetwork network() {
        return Objects.requireNonNull(network);
    }
}
