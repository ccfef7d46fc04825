package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Predictor;
import io.jacobi.nn.Sequential;
import io.jacobi.nn.Workspace;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A training step allocates nothing native, nor does a prediction: every buffer exists before. */
@Isolated("counts what the whole process allocates")
class NoNativeAllocationTest {

    private static final INDArray ARRAY = Memory.vector(DataType.FLOAT, 100);

    /**
     * How much was allocated since it was made: ND4J numbers every buffer, view and operation context that it frees later;
     * JavaCPP counts the memory that its pointers own. The second can fall when garbage is collected, the first cannot.
     */
    private static final class Counter {
        private final long pointers;
        private final long numbers;

        Counter() {
            this.pointers = Pointer.totalCount();
            this.numbers = Nd4j.getDeallocatorService().nextValue();
        }

        long nd4j() {
            return Nd4j.getDeallocatorService().nextValue() - numbers - 1;
        }

        long javacpp() {
            return Pointer.totalCount() - pointers;
        }

        void assertNothing() {
            assertThat(nd4j()).as("buffers, views and operations of ND4J").isZero();
            assertThat(javacpp()).as("pointers of JavaCPP that own memory").isLessThanOrEqualTo(0);
        }
    }

    @Test
    void theCounterSeesWhatItShouldSee() {
        Counter nothing = new Counter();
        nothing.assertNothing();

        Counter create = new Counter();
        INDArray created = Nd4j.create(DataType.FLOAT, 10);
        assertThat(create.nd4j()).as("Nd4j.create").isPositive();

        Counter view = new Counter();
        INDArray viewed = Memory.view(ARRAY, 0, 10, 10);
        assertThat(view.nd4j()).as("a view").isPositive();

        Counter operation = new Counter();
        created.addi(1);
        assertThat(operation.nd4j()).as("an operation").isPositive();

        Counter pointer = new Counter();
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
        List<Counter> counters = new ArrayList<>();
        Callback counting = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                if (progress.step() == 2) {
                    counters.add(new Counter());
                }
            }
        };
        try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1).withMomentum(0.9))
                .threads(threads)) {
            trainer.fit(data, epochs(10).batchSize(4).metrics(new Accuracy()).callbacks(counting));

            assertThat(trainer.steps()).isEqualTo(100);
            counters.get(0).assertNothing();
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @CsvSource({"1", "3"})
    void aShortLastBatchAllocatesOnceAndNeverAgain(int threads) {
        // 40 = 2 · 16 + 8
        Sequential model = Toy.model(DataType.FLOAT);
        List<Counter> counters = new ArrayList<>();
        Callback counting = new Callback() {
            @Override
            public void afterEpoch(Progress progress, EpochResult result) {
                if (progress.epoch() == 1) {
                    counters.add(new Counter());
                }
            }
        };
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1)).threads(threads)) {
            trainer.fit(Toy.points(40), epochs(20).batchSize(16).callbacks(counting));

            counters.get(0).assertNothing();
        }
    }

    @Test
    void theOwnLoopOfAWorkspaceAllocatesNothing() {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Workspace w = Workspace.forTraining(model, 8)) {
            Counter counter = new Counter();
            for (int step = 0; step < 20; step++) {
                w.forward(step, 0);
                w.clearGradients();
                w.backward();
            }
            counter.assertNothing();
        }
    }

    @Test
    void aPredictionAfterTheFirstAllocatesNothing() {
        float[][] rows = Toy.features(300);
        try (Predictor p = Toy.model(DataType.FLOAT).predictor()) {
            p.predict(rows);
            p.predict(rows[0]);
            Counter counter = new Counter();
            for (float[] row : rows) {
                p.predict(row);
            }
            p.predict(rows);
            counter.assertNothing();
        }
    }
}
