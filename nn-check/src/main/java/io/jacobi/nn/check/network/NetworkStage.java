package io.jacobi.nn.check.network;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A point on a network's way that it is checked at.
 *
 * @param name of claims about it
 * @param steps how many training steps lead to it
 */
record NetworkStage(String name, int steps) {

    /** As it was given. */
    static final NetworkStage START = new NetworkStage("at the start", 0);

    /** Biases are no longer 0 and activations no longer centred. */
    static final NetworkStage TRAINED = new NetworkStage("after 20 steps", 20);

    /**
     * Added to every weight. A bias that is still 0 is a kink of its L1 penalty, and of the rectifier behind it where all that it is
     * added to was dropped.
     */
    private static final double NOISE = 0.01;

    /** In the order of training. */
    static List<NetworkStage> all() {
        return List.of(START, TRAINED);
    }

    /** A claim about the network here. */
    String claim(String what) {
        return what + " " + name;
    }

    /** A copy of the check's network that has come so far, off the kinks, with all examples as one batch. */
    NetworkProbe probe(NetworkSettings settings) {
        Sequential model = model(settings, 1);
        SplittableRandom random = new SplittableRandom(model.seed());
        double[] weights = Vectors.toDoubles(model.weights());
        Arrays.setAll(weights, i -> weights[i] + NOISE * random.nextGaussian());
        Vectors.set(model.weights(), weights);
        return new NetworkProbe(settings, model, settings.batch(settings.data().size()));
    }

    /** The same network, in double. */
    Sequential model(NetworkSettings settings, int threads) {
        Sequential model = settings.model().copy(DataType.DOUBLE);
        train(settings, model, settings.optimizer(), threads, shuffled(settings));
        return model;
    }

    /** Makes a step on each of these batches. */
    static void train(
            NetworkSettings settings, Sequential model, Optimizer optimizer, int threads, List<Batch> batches) {
        try (TrainingLoop.Steps run = settings.loop()
                .start(new TrainingLoop.Task(model, settings.loss(), optimizer, settings.penalties(), threads))) {
            batches.forEach(run::step);
        }
    }

    /** Half of the examples a step, in another order each epoch. */
    private List<Batch> shuffled(NetworkSettings settings) {
        int half = (settings.data().size() + 1) / 2;
        Batches batches =
                Batches.shuffled(settings.data(), half, settings.model().seed());
        return IntStream.iterate(0, epoch -> epoch + 1)
                .boxed()
                .flatMap(epoch -> batches.epoch(epoch).stream())
                .limit(steps)
                .toList();
    }
}
