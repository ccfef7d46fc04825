package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** How a batch is cut decides the result, and which threads compute the parts does not. */
class ShardsTest {

    private static final ArrayDataset DATA = Toy.points(11);
    private static final Batch BATCH = new Batch(DATA, IntStream.range(0, 11).toArray(), 0, 11);

    /** Passes its input on, and remembers the threads that it ran on. */
    private record Spy(Set<Thread> threads) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            threads.add(Thread.currentThread());
            Vectors.copy(p.scratch(), p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            throw new IllegalStateException("nothing before this layer is trained");
        }
    }

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Sequential model = Sequential.input(Shape.of(2))
            .add(new Spy(threads))
            .add(new Dense(500))
            .add(new Dense(2))
            .build(DataType.FLOAT, 1);

    private Shards shards(int parts, boolean adapts) {
        return new Shards(model, new SoftmaxCrossEntropy(), DATA.target(), 11, parts, adapts);
    }

    @Test
    void theGradientIsTheSameToTheBitOnAnyNumberOfThreads() {
        List<double[]> gradients = new ArrayList<>();
        Set<Double> losses = new HashSet<>();
        try (Shards shards = shards(4, false)) {
            for (int use : new int[] {4, 1, 2, 3, 4, 1}) {
                shards.use(use);
                threads.clear();
                losses.add(shards.compute(BATCH, 0));
                gradients.add(Vectors.toDoubles(shards.gradients()));
                assertThat(threads).as("threads").hasSizeLessThanOrEqualTo(use);
            }
        }
        assertThat(losses).hasSize(1);
        assertThat(gradients).allSatisfy(gradient -> assertThat(gradient).isEqualTo(gradients.get(0)));
    }

    @Test
    void stepsThatAreFasterOnOneThreadAreComputedByTheCallerAlone() {
        try (Shards shards = shards(2, true)) {
            shards.compute(BATCH, 0);
            slowExceptOnOne(shards);
            for (int i = 0; i < ThreadChoice.SHORTEST_PERIOD; i++) {
                threads.clear();
                shards.compute(BATCH, 0);
                assertThat(threads).containsExactly(Thread.currentThread());
                shards.took(1_000, 11);
            }
        }
    }

    /** Says that each step on two threads took longer. The first trial starts with one. */
    private static void slowExceptOnOne(Shards shards) {
        for (int i = 0; i < ThreadChoice.WARM_UP + 2 * ThreadChoice.TRIAL; i++) {
            boolean one = i >= ThreadChoice.WARM_UP && (i - ThreadChoice.WARM_UP) % 2 == 0;
            shards.took(one ? 1_000 : 1_500, 11);
        }
    }

    @Test
    void aSmallerBatchSaysNothingAboutTheTimeOfAWholeOne() {
        try (Shards shards = shards(2, true)) {
            for (int i = 0; i < 1_000; i++) {
                shards.took(1, 5);
            }
            slowExceptOnOne(shards);
            threads.clear();
            shards.compute(BATCH, 0);
            assertThat(threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void aNumberThatIsAskedForStays() {
        try (Shards shards = shards(2, false)) {
            slowExceptOnOne(shards);
            List<Integer> parts = new ArrayList<>();
            shards.split().run(100_000, (part, from, to) -> {
                synchronized (parts) {
                    parts.add(part);
                }
            });
            assertThat(parts).containsExactlyInAnyOrder(0, 1);
        }
    }
}
