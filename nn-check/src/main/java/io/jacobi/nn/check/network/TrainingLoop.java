package io.jacobi.nn.check.network;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.train.Trainer;
import java.util.List;

/**
 * The training loop whose steps {@link io.jacobi.nn.check.NetworkCheck} checks: {@link #trainer}, unless a loop of your
 * own is to be checked.
 *
 * <pre>{@code
 * GradientCheck.of(model, loss).data(examples).trainedBy(task -> batch -> myStep(task, batch)).verify();
 * }</pre>
 */
@FunctionalInterface
public interface TrainingLoop {

    /** Starts a run, before its first step. */
    Steps start(Task task);

    /** Returns the loop of Jacobi's {@link Trainer}. */
    static TrainingLoop trainer() {
        return task -> {
            Trainer trainer = Trainer.of(task.model(), task.loss(), task.optimizer())
                    .threads(task.threads())
                    .penalties(task.penalties().toArray(Penalty[]::new));
            return new Steps() {
                @Override
                public double step(Batch batch) {
                    return trainer.step(batch);
                }

                @Override
                public void close() {
                    trainer.close();
                }
            };
        };
    }

    /**
     * A network to train, and how to train it.
     *
     * @param model its weights are changed in place by the optimizer
     * @param loss the mean over the batch
     * @param optimizer gets the gradient of loss and penalties, once for each batch
     * @param penalties added to the loss
     * @param threads the number of threads that a batch may be split over
     */
    record Task(Sequential model, Loss loss, Optimizer optimizer, List<Penalty> penalties, int threads) {

        public Task {
            penalties = List.copyOf(penalties);
        }
    }

    /** A run. */
    @FunctionalInterface
    interface Steps extends AutoCloseable {

        /** Makes one optimizer step on this batch and returns its mean loss before the step, penalties included. */
        double step(Batch batch);

        /** Frees its buffers. */
        @Override
        default void close() {}
    }
}
