package io.jacobi.nn.check.network;

import io.jacobi.nn.Layer;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.optim.Stepper;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A training loop that splits batches as a trainer does, but runs the parts on one thread, and makes one mistake. */
enum WrongLoop implements TrainingLoop {
    NO_MISTAKE,
    AVERAGES_UNEVEN_PARTS_AS_IF_THEY_WERE_EVEN,
    FORGETS_THE_EXAMPLES_THAT_DO_NOT_DIVIDE,
    ADDS_PENALTIES_FOR_EVERY_THREAD,
    LEAVES_PENALTIES_OUT_OF_THE_LOSS,
    SHARES_ONE_GRADIENT_AMONG_PARTS,
    KEEPS_THE_GRADIENT_OF_THE_LAST_STEP,
    DRAWS_EVERY_PART_LIKE_THE_FIRST,
    DRAWS_WHAT_NO_SEED_REPEATS,
    SPLITS_EXAMPLES_THAT_ARE_COUPLED,
    PREDICTS_IN_PLACE_OF_TRAINING,
    FORGETS_THE_WEIGHTS_OF_EXAMPLES,
    STEPS_TWICE,
    CLIMBS;

    private static final AtomicLong CALLS = new AtomicLong();

    @Override
    public Steps start(Task task) {
        return new Run(this, task);
    }

    private static final class Run implements Steps {

        private final WrongLoop mistake;
        private final Task task;
        private final Stepper stepper;
        private final Scratch scratch = new Scratch();
        private final INDArray sum;
        private long steps;

        Run(WrongLoop mistake, Task task) {
            this.mistake = mistake;
            this.task = task;
            this.stepper =
                    task.optimizer().start(task.model().weights(), task.model().parameters());
            this.sum = Memory.vector(task.model().dataType(), task.model().parameterCount());
        }

        private boolean makes(WrongLoop asked) {
            return mistake == asked;
        }

        @Override
        public double step(Batch batch) {
            if (!makes(KEEPS_THE_GRADIENT_OF_THE_LAST_STEP)) {
                Vectors.fill(scratch, sum, 0);
            }
            boolean whole = task.model().layers().stream().anyMatch(Layer::couplesExamples)
                    && !makes(SPLITS_EXAMPLES_THAT_ARE_COUPLED);
            int parts = whole ? 1 : Math.min(task.threads(), batch.size());
            int part = makes(FORGETS_THE_EXAMPLES_THAT_DO_NOT_DIVIDE)
                    ? batch.size() / parts
                    : (batch.size() + parts - 1) / parts;
            double loss = 0;
            double total = weight(batch, 0, batch.size());
            for (int i = 0; i < parts && i * part < batch.size(); i++) {
                int count = Math.min(part, batch.size() - i * part);
                double share = makes(AVERAGES_UNEVEN_PARTS_AS_IF_THEY_WERE_EVEN)
                        ? 1.0 / parts
                        : weight(batch, i * part, count) / total;
                loss += share * part(batch, i * part, count, share);
            }
            loss += penalties(makes(ADDS_PENALTIES_FOR_EVERY_THREAD) ? parts : 1);
            double rate = task.optimizer().rate().rateAt(steps++);
            stepper.step(sum, makes(CLIMBS) ? -rate : rate);
            if (makes(STEPS_TWICE)) {
                stepper.step(sum, rate);
            }
            return loss;
        }

        private double penalties(int times) {
            double[] value = {0};
            for (int i = 0; i < times; i++) {
                task.penalties()
                        .forEach(penalty -> value[0] += penalty.valueAndAddGradient(
                                task.model().weights(), task.model().parameters(), sum, scratch));
            }
            return makes(LEAVES_PENALTIES_OUT_OF_THE_LOSS) ? 0 : value[0];
        }

        /** Returns the mean loss of these examples, and adds their gradient to the sum. */
        private double part(Batch batch, int first, int count, double share) {
            try (Workspace w = Workspace.forTraining(task.model(), count)) {
                INDArray target = target(batch, first, count, w.input());
                if (makes(PREDICTS_IN_PLACE_OF_TRAINING)) {
                    w.predict();
                } else {
                    w.forward(
                            makes(DRAWS_WHAT_NO_SEED_REPEATS) ? CALLS.incrementAndGet() : steps,
                            makes(DRAWS_EVERY_PART_LIKE_THE_FIRST) ? 0 : first);
                }
                double loss = task.loss()
                        .valueAndGradient(
                                w.output(), target, weights(batch, first, count), w.outputGradient(), scratch);
                w.backward();
                Vectors.addScaled(scratch, share, w.gradients(), sum);
                if (makes(SHARES_ONE_GRADIENT_AMONG_PARTS) && first > 0) {
                    Vectors.addScaled(scratch, share, sum, sum);
                }
                return loss;
            }
        }

        private INDArray target(Batch batch, int first, int count, INDArray input) {
            INDArray target =
                    Memory.array(task.model().dataType(), batch.data().target().withBatch(count));
            batch.read(first, count, input, target);
            return target;
        }

        private Optional<INDArray> weights(Batch batch, int first, int count) {
            if (!batch.data().weighted() || makes(FORGETS_THE_WEIGHTS_OF_EXAMPLES)) {
                return Optional.empty();
            }
            INDArray weights = Memory.vector(task.model().dataType(), count);
            batch.readWeights(first, count, weights);
            return Optional.of(weights);
        }

        private double weight(Batch batch, int first, int count) {
            return weights(batch, first, count).stream()
                    .flatMapToDouble(vector -> Arrays.stream(Vectors.toDoubles(vector)))
                    .reduce(Double::sum)
                    .orElse(count);
        }
    }
}
