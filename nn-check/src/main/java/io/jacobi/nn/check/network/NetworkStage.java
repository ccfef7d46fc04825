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
 * A stage of training at which a network is checked.
 *
 * @param name the end of the names of claims about it
 * @param steps the number of training steps before it
 */
record NetworkStage(String name, int steps) {

    /** Before training. */
    static final NetworkStage START = new NetworkStage("at the start", 0);

    /** After training, where biases are no longer 0 and activations no longer centred. */
    static final NetworkStage TRAINED = new NetworkStage("after 20 steps", 20);

    /**
     * The size of the noise added to every weight. A bias of 0 is a kink of its L1 penalty, and of the rectifier behind
     * it if all terms that it is added to were dropped.
     */
    private static final double NOISE = 0.01;

    /** All stages, in the order of training. */
    static List<NetworkStage> all() {
        return List.of(START, TRAINED);
    }

    /** The name of a claim about the network at this stage. */
    String claim(String what) {
        return what + " " + name;
    }

    /** Returns a copy of the check's network at this stage, moved off the kinks, with all examples as one batch. */
    NetworkProbe probe(NetworkSettings settings) {
        Sequential model = model(settings, 1);
        SplittableRandom random = new SplittableRandom(model.seed());
        double[] weights = Vectors.toDoubles(model.weights());
        Arrays.setAll(weights, i -> weights[i] + NOISE * random.nextGaussian());
        Vectors.set(model.weights(), weights);
        return new NetworkProbe(settings, model, settings.batch(settings.data().size()));
    }

    /** Returns a copy of the check's network at this stage, in double. */
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

    /** Returns batches of half of the examples, in another order each epoch. */
    private List<Batch> shuffled(NetworkSettings settings) {
        int[] examples = settings.examples();
        int half = (examples.length + 1) / 2;
        Batches batches =
                Batches.shuffled(settings.data(), half, settings.model().seed()).only(examples);
        return IntStream.iterate(0, epoch -> epoch + 1)
                .boxed()
                .flatMap(epoch -> batches.epoch(epoch).stream())
                .limit(steps)
                .toList();
    }
}
