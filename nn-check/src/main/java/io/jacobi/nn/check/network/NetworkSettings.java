package io.jacobi.nn.check.network;

import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.train.CountedRows;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a check of a network.
 *
 * @param subject the network, with its loss and penalties
 * @param data the examples that it is checked on
 * @param optimizer makes the steps before the second stage
 * @param loop the training loop whose steps are checked
 * @param comparesInput whether the gradient by the input is compared
 * @param twin the network written a second time, with scalars
 * @param central the stencil of central differences
 */
public record NetworkSettings(
        Network subject,
        Dataset data,
        Optimizer optimizer,
        TrainingLoop loop,
        boolean comparesInput,
        Optional<NetworkTwin> twin,
        Stencil central) {

    Sequential model() {
        return subject.model();
    }

    Loss loss() {
        return subject.loss();
    }

    List<Penalty> penalties() {
        return subject.penalties();
    }

    /** The indices of the examples that count, because training leaves the others out. */
    int[] examples() {
        return CountedRows.of(data, loss());
    }

    /** Returns a batch of the first examples that count. */
    Batch batch(int size) {
        return Batches.inOrder(data, size).only(examples()).epoch(0).get(0);
    }
}
