package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Layers that couple examples, and the place in the batch that a layer is given. */
class CoupledLayersTest {

    private static List<String> parts(boolean couples, int threads) {
        Spy spy = new Spy(couples, new CopyOnWriteArrayList<>());
        Sequential model =
                Sequential.input(Shape.of(2)).add(spy).add(new Dense(2)).build(DataType.FLOAT, 1);
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1)).threads(threads)) {
            assertThat(trainer.threadsFor(10)).isEqualTo(couples ? 1 : threads);
            trainer.fit(Toy.points(10), epochs(1).batchSize(10));
        }
        return spy.seen;
    }

    @Test
    void aBatchIsNeverSplitWhenALayerCouplesItsExamples() {
        assertThat(parts(true, 3)).containsExactly("10 from 0");
    }

    @Test
    void otherwiseEachPartKnowsItsPlaceInTheBatch() {
        assertThat(parts(false, 3)).containsExactlyInAnyOrder("4 from 0", "4 from 4", "2 from 8");
        assertThat(parts(false, 1)).containsExactly("10 from 0");
    }

    /** Passes its input on, and logs which examples it saw. */
    private record Spy(boolean couplesExamples, List<String> seen) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            seen.add(p.batch() + " from " + p.firstExample());
            Vectors.copy(p.scratch(), p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            throw new IllegalStateException("nothing before this layer is trained");
        }
    }
}
