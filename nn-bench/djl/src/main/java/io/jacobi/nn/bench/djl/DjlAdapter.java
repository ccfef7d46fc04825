package io.jacobi.nn.bench.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.jacobi.nn.bench.worker.DirectRows;
import io.jacobi.nn.bench.worker.Examples;
import io.jacobi.nn.bench.worker.TrainingAdapter;
import io.jacobi.nn.bench.worker.Workload;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** DJL's blocks and trainer on libtorch. Batches are built before the measurement and shuffled in each epoch. */
public final class DjlAdapter implements TrainingAdapter {

    private final List<NDList> batches = new ArrayList<>();
    private final Random random = new Random(42);
    private final DirectRows input = new DirectRows();
    private @Nullable Model model;
    private @Nullable Trainer trainer;
    private @Nullable Predictor<NDList, NDList> predictor;

    @Override
    public void build(Workload workload, int threads, Examples train) {
        Model built = newModel(workload, threads);
        model = built;
        Trainer made = built.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                .optOptimizer(optimizer(workload)));
        made.initialize(new Shape(workload.batch(), Workload.PIXELS));
        trainer = made;
        NDManager manager = built.getNDManager();
        for (int from = 0; from < train.size(); from += workload.batch()) {
            int to = Math.min(from + workload.batch(), train.size());
            NDArray x = manager.create(Arrays.copyOfRange(train.pixels(), from, to));
            float[] labels = new float[to - from];
            for (int i = from; i < to; i++) {
                labels[i - from] = train.labels()[i];
            }
            batches.add(new NDList(x, manager.create(labels)));
        }
        predictor = built.newPredictor(new NoopTranslator());
    }

    private static Model newModel(Workload workload, int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        Model made = Model.newInstance("bench", "PyTorch");
        made.setBlock(block(workload));
        return made;
    }

    private static Block block(Workload workload) {
        SequentialBlock block = new SequentialBlock();
        if (workload.isConvolutional()) {
            block.addSingleton(x -> x.reshape(-1, 1, 28, 28))
                    .add(convolution(16))
                    .add(Activation.reluBlock())
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(convolution(32))
                    .add(Activation.reluBlock())
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(Blocks.batchFlattenBlock());
        }
        for (int units : workload.hidden()) {
            block.add(Linear.builder().setUnits(units).build()).add(Activation.reluBlock());
        }
        return block.add(Linear.builder().setUnits(Workload.CLASSES).build());
    }

    private static Conv2d convolution(int channels) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .setFilters(channels)
                .build();
    }

    private static Optimizer optimizer(Workload workload) {
        Tracker rate = Tracker.fixed(workload.rate());
        return switch (workload.optimizer()) {
            case SGD -> Optimizer.sgd().setLearningRateTracker(rate).build();
            case ADAM -> Optimizer.adam().optLearningRateTracker(rate).build();
        };
    }

    @Override
    public void epoch() {
        Trainer t = Objects.requireNonNull(trainer);
        Collections.shuffle(batches, random);
        for (NDList batch : batches) {
            try (NDManager step = Objects.requireNonNull(model).getNDManager().newSubManager();
                    GradientCollector collector = t.newGradientCollector()) {
                NDList x = new NDList(batch.get(0).duplicate());
                x.attach(step);
                NDList y = t.forward(x);
                y.attach(step);
                NDArray loss = t.getLoss().evaluate(new NDList(batch.get(1)), y);
                loss.attach(step);
                collector.backward(loss);
            }
            t.step();
        }
    }

    @Override
    public float[] predict(float[] pixels) throws IOException {
        return predict(new float[][] {pixels})[0];
    }

    @Override
    public float[][] predict(float[][] pixels) throws IOException {
        try (NDManager manager = Objects.requireNonNull(model).getNDManager().newSubManager()) {
            // from a direct buffer, because the engine copies a float[][] into a new one at every call
            NDList x = new NDList(
                    manager.create(input.holding(pixels), new Shape(pixels.length, Workload.PIXELS), DataType.FLOAT32));
            try (NDList scores = Objects.requireNonNull(predictor).predict(x)) {
                float[] flat = scores.get(0).toFloatArray();
                float[][] rows = new float[pixels.length][];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = Arrays.copyOfRange(flat, i * Workload.CLASSES, (i + 1) * Workload.CLASSES);
                }
                return rows;
            }
        } catch (TranslateException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void save(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            Objects.requireNonNull(model).getBlock().saveParameters(out);
        }
    }

    @Override
    public void open(Workload workload, int threads, Path file) throws IOException {
        Model built = newModel(workload, threads);
        built.getBlock().initialize(built.getNDManager(), DataType.FLOAT32, new Shape(1, Workload.PIXELS));
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            built.getBlock().loadParameters(built.getNDManager(), in);
        } catch (MalformedModelException e) {
            throw new IOException(e);
        }
        model = built;
        predictor = built.newPredictor(new NoopTranslator());
    }
}
