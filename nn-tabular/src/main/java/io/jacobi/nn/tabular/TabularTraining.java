package io.jacobi.nn.tabular;

import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.AdamW;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model of a table is trained. Start from {@link #DEFAULTS}:
 *
 * <pre>{@code
 * TabularModel model = TabularTraining.DEFAULTS.withHidden(64, 32).fit(CsvTable.of(path), "price");
 * }</pre>
 *
 * @param hidden the units of each hidden layer
 * @param dropout the dropout rate after each of them
 * @param epochs passes over the training rows; if absent, as many as make about 3,000 steps, from 10 to 300
 * @param batchSize rows in a step; if absent, a fiftieth of the training rows, from 16 to 256
 * @param rate the largest learning rate of AdamW, which falls to 0 along half a cosine
 * @param weightDecay AdamW's
 * @param validation the part of the rows that is not trained with but judged after each epoch
 * @param seed of the weights, the order of the rows, dropout and the choice of the validation rows
 * @param threads over which a batch is split; if absent, the trainer chooses
 * @param memory the most bytes that the encoded rows may take
 */
public record TabularTraining(
        List<Integer> hidden,
        double dropout,
        Optional<Integer> epochs,
        Optional<Integer> batchSize,
        double rate,
        double weightDecay,
        double validation,
        long seed,
        Optional<Integer> threads,
        long memory) {

    /** One hidden layer of 100 units, as scikit-learn's MLPClassifier has. */
    public static final TabularTraining DEFAULTS = new TabularTraining(
            List.of(100), 0, Optional.empty(), Optional.empty(), 3e-3, 1e-2, 0.1, 42, Optional.empty(), 2L << 30);

    private static final int STEPS = 3000;

    /** Trains with the schema that the table seems to have: see {@link Schema#infer}. */
    public TabularModel fit(Table table, String... targets) throws IOException {
        return fit(table, TrainingHook.NONE, targets);
    }

    /** Trains with the schema that the table seems to have, unless the hook changes it. */
    public TabularModel fit(Table table, TrainingHook hook, String... targets) throws IOException {
        TableProfile profile = TableProfile.read(table, List.of(targets), split());
        Schema inferred = profile.schema();
        Schema schema = hook.schema(inferred);
        return schema.equals(inferred) ? fit(profile, schema, hook) : fit(table, schema, hook);
    }

    /** Trains with this schema. */
    public TabularModel fit(Table table, Schema schema) throws IOException {
        return fit(table, schema, TrainingHook.NONE);
    }

    /** Trains with this schema, and with a hook that watches the run. */
    public TabularModel fit(Table table, Schema schema, TrainingHook hook) throws IOException {
        return fit(TableProfile.read(table, schema, split()), schema, hook);
    }

    private ValidationSplit split() {
        return new ValidationSplit(validation, seed);
    }

    private TabularModel fit(TableProfile profile, Schema schema, TrainingHook hook) throws IOException {
        Table table = profile.table();
        TableEncoding encoding = new EncodingFit(profile).fit(schema);
        EncodedRows training = new EncodedRows(encoding, table.columns());
        EncodedRows judging = new EncodedRows(encoding, table.columns());
        ValidationSplit.Pass pass = split().pass();
        int stratum = profile.stratum();
        table.forEach((index, cells) -> {
            EncodedRows part = pass.isValidation(TableProfile.stratum(cells, stratum)) ? judging : training;
            part.add(cells);
            requireMemory(index + 1, training.bytesPerRow());
        });
        Sequential model = TableNetwork.build(encoding, hidden, dropout, seed);
        int batch = batchSize.orElse(Math.max(16, Math.min(256, training.size() / 50)));
        int stepsPerEpoch = (training.size() + batch - 1) / batch;
        int passes = epochs.orElse(Math.max(10, Math.min(300, STEPS / stepsPerEpoch)));
        AdamW optimizer = new AdamW(Schedule.cosine(rate, 0, (long) passes * stepsPerEpoch)).withWeightDecay(weightDecay);
        Fit plan = Fit.epochs(passes).batchSize(batch).shuffleSeed(seed);
        try (Trainer trainer = trainer(model, loss(encoding), optimizer)) {
            Fit judged = judging.size() > 0 ? plan.validation(judging) : plan;
            History history = trainer.fit(
                    training,
                    hook.plan(new TabularRun(model, encoding, optimizer, trainer, training.size(), judged)));
            hook.done(history);
            TrainingRecord record = new TrainingRecord(
                    table.name(), history.epochs().size(), seed, Map.of());
            return new TabularModel(model, encoding, Optional.of(record));
        }
    }

    private void requireMemory(long rows, long bytesPerRow) {
        if (rows * bytesPerRow > memory) {
            throw new TableException(
                    "the rows need more than " + memory + " bytes, at " + bytesPerRow + " bytes each",
                    "at most " + memory / bytesPerRow + " rows of these columns",
                    "allow more memory, ignore wide columns such as texts, or train with a part of the rows");
        }
    }

    private Trainer trainer(Sequential model, Loss loss, AdamW optimizer) {
        Trainer trainer = Trainer.of(model, loss, optimizer);
        return threads.map(trainer::threads).orElse(trainer);
    }

    private static Loss loss(TableEncoding encoding) {
        if (encoding.target() instanceof ClassTarget) {
            return new SoftmaxCrossEntropy();
        } else if (encoding.target() instanceof LabelsTarget) {
            return new BinaryCrossEntropy();
        }
        return new MeanSquaredError();
    }

    /** Returns a copy with other hidden layers; none makes a linear model. */
    public TabularTraining withHidden(Integer... units) {
        return new TabularTraining(
                List.of(units), dropout, epochs, batchSize, rate, weightDecay, validation, seed, threads, memory);
    }

    /** Returns a copy with another number of epochs. */
    public TabularTraining withEpochs(int number) {
        return new TabularTraining(
                hidden, dropout, Optional.of(number), batchSize, rate, weightDecay, validation, seed, threads, memory);
    }

    /** Returns a copy with another seed. */
    public TabularTraining withSeed(long number) {
        return new TabularTraining(
                hidden, dropout, epochs, batchSize, rate, weightDecay, validation, number, threads, memory);
    }

    /** Returns a copy with another part of the rows for validation; 0 trains with all of them. */
    public TabularTraining withValidation(double fraction) {
        return new TabularTraining(
                hidden, dropout, epochs, batchSize, rate, weightDecay, fraction, seed, threads, memory);
    }

    /** Returns a copy with another number of rows in a step. */
    public TabularTraining withBatchSize(int rows) {
        return new TabularTraining(
                hidden, dropout, epochs, Optional.of(rows), rate, weightDecay, validation, seed, threads, memory);
    }

    /** Returns a copy with another learning rate. */
    public TabularTraining withRate(double largest) {
        return new TabularTraining(
                hidden, dropout, epochs, batchSize, largest, weightDecay, validation, seed, threads, memory);
    }

    /** Returns a copy with another weight decay. */
    public TabularTraining withWeightDecay(double decay) {
        return new TabularTraining(
                hidden, dropout, epochs, batchSize, rate, decay, validation, seed, threads, memory);
    }

    /** Returns a copy with a dropout rate after each hidden layer. */
    public TabularTraining withDropout(double fraction) {
        return new TabularTraining(
                hidden, fraction, epochs, batchSize, rate, weightDecay, validation, seed, threads, memory);
    }

    /** Returns a copy that splits a batch over this number of threads. */
    public TabularTraining withThreads(int number) {
        return new TabularTraining(
                hidden,
                dropout,
                epochs,
                batchSize,
                rate,
                weightDecay,
                validation,
                seed,
                Optional.of(number),
                memory);
    }

    /** Returns a copy whose encoded rows may take this many bytes. */
    public TabularTraining withMemory(long bytes) {
        return new TabularTraining(
                hidden, dropout, epochs, batchSize, rate, weightDecay, validation, seed, threads, bytes);
    }
}
