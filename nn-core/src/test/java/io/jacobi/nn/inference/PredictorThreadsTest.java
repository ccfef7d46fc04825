package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Many threads on one predictor, while its weights are replaced and while it is closed. */
@Timeout(120)
class PredictorThreadsTest {

    private static final int THREADS = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private static Sequential model(long seed) {
        return Sequential.input(Shape.of(40))
                .add(new Dense(30))
                .add(new Rectifier())
                .add(new Dense(10))
                .build(DataType.FLOAT, seed);
    }

    private static float[][] examples(int n) {
        return TestArrays.normal(DataType.FLOAT, 1, n, 40).toFloatMatrix();
    }

    private <T> List<T> everywhere(Callable<T> task) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            running.add(threads.submit(task));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        return results;
    }

    /**
     * Memory does not grow, because a call takes its workspace from the pool and returns it. The test counts
     * workspaces, because the resident memory would also depend on other code in this JVM.
     */
    @Test
    void sixteenThreadsGetTheResultOfOneToTheBitAndMakeNoWorkspaceForACall() throws Exception {
        float[][] rows = examples(50);
        try (Predictor p = Predictor.of(model(1))) {
            float[][] alone = new float[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                alone[i] = p.predict(rows[i]);
            }
            List<Integer> wrong = everywhere(() -> {
                float[] output = new float[10];
                int different = 0;
                for (int i = 0; i < 10_000; i++) {
                    p.predict(rows[i % rows.length], output);
                    different += Arrays.equals(output, alone[i % rows.length]) ? 0 : 1;
                }
                return different;
            });

            assertThat(wrong).hasSize(THREADS).containsOnly(0);
            assertThat(p.workspacesMade())
                    .as("workspaces for 160,000 predictions")
                    .isLessThanOrEqualTo(2 * THREADS);
        }
    }

    @Test
    void badInputOnSomeThreadsDoesNotDisturbTheOthers() throws Exception {
        float[][] rows = examples(50);
        float[] bad = rows[0].clone();
        bad[39] = Float.NaN;
        AtomicInteger order = new AtomicInteger();
        try (Predictor p = Predictor.of(model(1))) {
            float[][] alone = p.predict(rows);
            List<Integer> wrong = everywhere(() -> {
                boolean sendsRubbish = order.getAndIncrement() % 2 == 0;
                int different = 0;
                for (int i = 0; i < 200; i++) {
                    if (sendsRubbish) {
                        different += refuses(p, bad) && refuses(p, new float[3]) ? 0 : 1;
                    } else {
                        different += Arrays.deepEquals(p.predict(rows), alone) ? 0 : 1;
                    }
                }
                return different;
            });

            assertThat(wrong).containsOnly(0);
        }
    }

    private static boolean refuses(Predictor p, float[] example) {
        try {
            p.predict(example);
            return false;
        } catch (IllegalArgumentException expected) {
            return true;
        }
    }

    @Test
    void whileWeightsAlternateEveryPredictionIsThatOfOneSnapshotToTheBit() throws Exception {
        float[] example = examples(1)[0];
        try (Snapshot a = Snapshot.of(model(1));
                Snapshot b = Snapshot.of(model(2));
                Predictor p = Predictor.of(a)) {
            float[] ofA = p.predict(example);
            p.replace(b);
            float[] ofB = p.predict(example);
            assertThat(ofB).isNotEqualTo(ofA);

            AtomicInteger running = new AtomicInteger(THREADS);
            Future<?> flipping = threads.submit(() -> {
                while (running.get() > 0 && !Thread.currentThread().isInterrupted()) {
                    p.replace(a);
                    p.replace(b);
                }
            });
            List<Future<Integer>> answers = new ArrayList<>();
            for (int t = 1; t < THREADS; t++) {
                answers.add(threads.submit(() -> {
                    try {
                        return torn(p, example, ofA, ofB);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
            }
            running.decrementAndGet();
            for (Future<Integer> torn : answers) {
                assertThat(torn.get()).as("predictions of neither snapshot").isZero();
            }
            flipping.get();
        }
    }

    /**
     * Predicts until 1,000 predictions are made and both snapshots were seen, and counts the predictions of neither.
     */
    private static int torn(Predictor p, float[] example, float[] ofA, float[] ofB) {
        int a = 0;
        int b = 0;
        int torn = 0;
        while ((a + b < 1_000 || a == 0 || b == 0) && torn == 0) {
            float[] answer = p.predict(example);
            if (Arrays.equals(answer, ofA)) {
                a++;
            } else if (Arrays.equals(answer, ofB)) {
                b++;
            } else {
                torn++;
            }
        }
        return torn;
    }

    /** y = x, after a wait. */
    private record Gate(Semaphore reached, Semaphore open) implements Layer {

        Gate() {
            this(new Semaphore(0), new Semaphore(0));
        }

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            reached.release();
            open.acquireUninterruptibly();
            Vectors.copy(p.scratch(), p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            throw new AssertionError("nothing is differentiated in this test");
        }
    }

    /** y = c² x, with a layer in the middle where a call can be stopped. */
    private static Sequential gated(Gate gate, double c) {
        Sequential model = Sequential.input(Shape.of(1))
                .add(new Dense(1))
                .add(gate)
                .add(new Dense(1))
                .build(DataType.FLOAT, 1);
        Vectors.set(model.weights(), new double[] {c, 0, c, 0});
        return model;
    }

    @Test
    void aCallInProgressEndsWithTheWeightsThatItBeganWith() throws Exception {
        Gate gate = new Gate();
        Snapshot two = Snapshot.of(gated(gate, 2));
        INDArray twosWeights = SnapshotTest.weightsOf(two);
        try (Predictor p = Predictor.of(two);
                Snapshot three = Snapshot.of(gated(gate, 3))) {
            Future<float[]> begun = threads.submit(() -> p.predict(new float[] {1}));
            gate.reached().acquire();
            p.replace(three);
            two.close();
            assertThat(twosWeights.wasClosed())
                    .as("while a call computes with them")
                    .isFalse();
            gate.open().release(2);

            assertThat(begun.get()).containsExactly(4);
            assertThat(twosWeights.wasClosed()).as("after its end").isTrue();
            assertThat(p.predict(new float[] {1})).containsExactly(9);
        }
    }

    @Test
    void afterCloseACallInProgressEndsAsUsualAndLaterOnesAreRefused() throws Exception {
        Gate gate = new Gate();
        Snapshot two = Snapshot.of(gated(gate, 2));
        INDArray weights = SnapshotTest.weightsOf(two);
        Predictor p = Predictor.of(two);
        two.close();
        Future<float[]> begun = threads.submit(() -> p.predict(new float[] {1}));
        gate.reached().acquire();
        p.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> p.predict(new float[] {1}))
                .withMessageContaining("the predictor is closed");
        assertThat(weights.wasClosed()).as("while a call computes with them").isFalse();
        gate.open().release();

        assertThat(begun.get()).containsExactly(4);
        assertThat(weights.wasClosed()).as("after its end").isTrue();
    }

    @Test
    void whileItIsClosedEveryCallIsRightOrThrows() throws Exception {
        float[] example = examples(1)[0];
        for (int round = 0; round < 20; round++) {
            Snapshot snapshot = Snapshot.of(model(1));
            INDArray weights = SnapshotTest.weightsOf(snapshot);
            Predictor p = Predictor.of(snapshot);
            snapshot.close();
            float[] alone = p.predict(example);
            AtomicInteger answered = new AtomicInteger();
            List<Integer> wrong = everywhere(() -> {
                int different = 0;
                try {
                    while (different == 0) {
                        different += Arrays.equals(p.predict(example), alone) ? 0 : 1;
                        if (answered.incrementAndGet() == 200) {
                            p.close();
                        }
                    }
                } catch (IllegalStateException closed) {
                    assertThat(closed).hasMessageContaining("the predictor is closed");
                }
                return different;
            });

            assertThat(wrong).containsOnly(0);
            assertThat(weights.wasClosed()).as("they have no holder").isTrue();
        }
    }
}
