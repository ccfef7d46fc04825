package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.NativeAllocations;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Neither a training step nor a prediction allocates native memory, because every buffer exists before. */
@Isolated("counts what the whole process allocates")
class NoNativeAllocationTest {

    private static final INDArray ARRAY = Memory.vector(DataType.FLOAT, 100);

    private static void assertNothing(NativeAllocations since) {
        assertThat(since.nd4j()).as("buffers, views and operations of ND4J").isZero();
        assertThat(since.javacpp()).as("pointers of JavaCPP that own memory").isLessThanOrEqualTo(0);
    }

    @Test
    void theCounterDetectsAllocations() {
        NativeAllocations nothing = new NativeAllocations();
        assertNothing(nothing);

        NativeAllocations create = new NativeAllocations();
        INDArray created = Nd4j.create(DataType.FLOAT, 10);
        assertThat(create.nd4j()).as("Nd4j.create").isPositive();

        NativeAllocations view = new NativeAllocations();
        INDArray viewed = Memory.view(ARRAY, 0, 10, 10);
        assertThat(view.nd4j()).as("a view").isPositive();

        NativeAllocations operation = new NativeAllocations();
        created.addi(1);
        assertThat(operation.nd4j()).as("an operation").isPositive();

        NativeAllocations pointer = new NativeAllocations();
        try (FloatPointer owned = new FloatPointer(10)) {
            assertThat(pointer.javacpp()).as("a FloatPointer").isPositive();
            assertThat(owned.capacity()).isEqualTo(10);
        }
        assertThat(viewed.length()).isEqualTo(100);
    }

    @ParameterizedTest(name = "{0}, {1} threads")
    @CsvSource({"FLOAT, 1", "FLOAT, 3", "DOUBLE, 2"})
    void aTrainingStepAfterTheFirstTwoAllocatesNothing(DataType type, int threads) {
        Sequential model = Toy.model(type);
        ArrayDataset data = Toy.points(40);
        List<NativeAllocations> counters = new ArrayList<>();
        Callback counting = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                if (progress.step() == 2) {
                    counters.add(new NativeAllocations());
                }
            }
        };
        try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1).withMomentum(0.9))
                .threads(threads)) {
            trainer.fit(data, epochs(10).batchSize(4).metrics(new Accuracy()).callbacks(counting));

            assertThat(trainer.steps()).isEqualTo(100);
            assertNothing(counters.get(0));
        }
    }

    @Test
    void aStepOfOnesOwnLoopThatLeavesOutExamplesAllocatesNothing() {
        ArrayDataset data = Toy.points(4).withWeights(1, 0, 2, 1);
        try (Trainer trainer = Trainer.of(
                        Toy.model(DataType.FLOAT), new SoftmaxCrossEntropy().ignoreIndex(-100), new Sgd(0.1))
                .threads(2)) {
            Batch batch = new Batch(data, new int[] {0, 1, 2, 3}, 0, 4);
            trainer.step(batch);
            trainer.step(batch);
            NativeAllocations counter = new NativeAllocations();
            for (int i = 0; i < 10; i++) {
                trainer.step(batch);
            }
            assertNothing(counter);
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @CsvSource({"1", "3"})
    void aShortLastBatchAllocatesOnceAndNeverAgain(int threads) {
        // 40 = 2 · 16 + 8
        Sequential model = Toy.model(DataType.FLOAT);
        List<NativeAllocations> counters = new ArrayList<>();
        Callback counting = new Callback() {
            @Override
            public void afterEpoch(Progress progress, EpochResult result) {
                if (progress.epoch() == 1) {
                    counters.add(new NativeAllocations());
                }
            }
        };
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1)).threads(threads)) {
            trainer.fit(Toy.points(40), epochs(20).batchSize(16).callbacks(counting));

            assertNothing(counters.get(0));
        }
    }

    @Test
    void aLoopOverAWorkspaceAllocatesNothing() {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Workspace w = Workspace.forTraining(model, 8)) {
            NativeAllocations counter = new NativeAllocations();
            for (int step = 0; step < 20; step++) {
                w.forward(step, 0);
                w.clearGradients();
                w.backward();
            }
            assertNothing(counter);
        }
    }

    @Test
    void aPredictionAfterTheFirstAllocatesNothing() {
        float[][] rows = Toy.features(300);
        try (Predictor p = Predictor.of(Toy.model(DataType.FLOAT))) {
            p.predict(rows);
            p.predict(rows[0]);
            NativeAllocations counter = new NativeAllocations();
            for (float[] row : rows) {
                p.predict(row);
            }
            p.predict(rows);
            assertNothing(counter);
        }
    }
}
