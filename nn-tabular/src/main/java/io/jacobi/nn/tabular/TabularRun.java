package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.Trainer;

/**
 * A run of {@link TabularTraining} that is about to start.
 *
 * @param network with its initial weights
 * @param encoding fitted to the training rows
 * @param optimizer for the number of steps of the run
 * @param trainer with the loss of the target; closed after the run
 * @param rows the number of training rows
 * @param patience the epochs without gain after which the plan stops, if it stops early
 * @param plan epochs, batch size, seed, and the validation rows if there are any
 */
public record TabularRun(
        Sequential network,
        TableEncoding encoding,
        Optimizer optimizer,
        Trainer trainer,
        int rows,
        int patience,
        Fit plan) {}
