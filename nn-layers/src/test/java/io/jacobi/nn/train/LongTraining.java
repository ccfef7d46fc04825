package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.AdamW;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A program that trains with everything that a run remembers, stores itself after every step, and goes on where it was when it is
 * started again. It prints each step. {@link KillTest} kills it.
 */
final class LongTraining {

    static final int STEPS_PER_EPOCH = 20;
    static final String STEP = "step ";

    private static final int FEATURES = 20;
    private static final int CLASSES = 5;
    private static final int BATCH = 10;
    private static final int WARM_UP = 30;

    private LongTraining() {}

    /**
     * Trains, and stores the model in the end.
     *
     * @param args the directory of checkpoints, the number of epochs, the file for the model; and after how many steps to store
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Callback print = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                System.out.println(STEP + progress.step());
            }
        };
        Fit fit = fit(Integer.parseInt(args[1]))
                .callbacks(print)
                .checkpoint(Checkpoint.in(directory)
                        .everySteps(Long.parseLong(args[3]))
                        .best("accuracy", Checkpoint.Mode.MAX));
        boolean begun = CheckpointDirectory.at(directory).hasCheckpoints();
        ModelFile.of(train(begun ? fit.resume(directory) : fit)).save(Path.of(args[2]));
    }

    static Fit fit(int epochs) {
        return epochs(epochs)
                .batchSize(BATCH)
                .validation(data(2, 40))
                .metrics(new Accuracy())
                .callbacks(new ReduceOnPlateau().withPatience(0).withFactor(0.9));
    }

    /** The model at the end of the run. */
    static Sequential train(Fit fit) {
        Sequential model = Sequential.input(Shape.of(FEATURES))
                .add(new Affine(64))
                .add(new BatchNorm())
                .add(new Relu())
                .add(new Dropout(0.3))
                .add(new Affine(CLASSES))
                .build(DataType.FLOAT, 3);
        // constant after the warm-up: a run of more epochs begins as one of fewer does
        AdamW optimizer = new AdamW(Schedule.warmUp(WARM_UP, Schedule.constant(3e-3)));
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), optimizer).clip(GradientClip.norm(1))) {
            trainer.fit(data(1, STEPS_PER_EPOCH * BATCH - 3), fit);
        }
        return model;
    }

    /** Points whose class is that of their largest coordinate among the first, with much noise. */
    private static ArrayDataset data(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] points = new float[size][FEATURES];
        int[] classes = new int[size];
        for (int i = 0; i < size; i++) {
            classes[i] = i % CLASSES;
            for (int j = 0; j < FEATURES; j++) {
                points[i][j] = (float) (random.nextGaussian() + (j == classes[i] ? 1 : 0));
            }
        }
        return ArrayDataset.of(points, classes);
    }
}
