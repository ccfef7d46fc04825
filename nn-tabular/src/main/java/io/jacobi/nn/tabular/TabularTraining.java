package io.jacobi.nn.tabular;

import java.io.IOException;
import java.util.List;
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
 * @param epochs passes over the training rows at most; if absent, as many as make about 3,000 steps, from 3 to 300
 * @param batchSize rows in a step; if absent, a fiftieth of the training rows, from 16 to 512
 * @param rate the largest learning rate of AdamW, which falls to 0 along half a cosine
 * @param weightDecay AdamW's; if absent, 100,000 over the number of training rows, at most 1
 * @param validation the part of the rows that is not trained with but judged after each epoch
 * @param earlyStopping whether training stops when the validation loss has not fallen for a tenth of the epochs, at
 *     least 5, and the weights of the epoch with the lowest validation loss are kept
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
        Optional<Double> weightDecay,
        double validation,
        boolean earlyStopping,
        long seed,
        Optional<Integer> threads,
        long memory) {

    /** One hidden layer of 100 units, as scikit-learn's MLPClassifier has; a tenth of the rows for validation. */
    public static final TabularTraining DEFAULTS = new TabularTraining(
            List.of(100),
            0,
            Optional.empty(),
            Optional.empty(),
            3e-3,
            Optional.empty(),
            0.1,
            true,
            42,
            Optional.empty(),
            2L << 30);

    public TabularTraining {
        hidden = List.copyOf(hidden);
        require("hidden layers of units", hidden, hidden.stream().allMatch(units -> units >= 1), "at least 1 each");
        require("dropout", dropout, dropout >= 0 && dropout < 1, "from 0 to below 1");
        require("epochs", epochs, epochs.orElse(1) >= 1, "at least 1");
        require("rows in a step", batchSize, batchSize.orElse(1) >= 1, "at least 1");
        require("rate", rate, rate > 0 && rate < Double.POSITIVE_INFINITY, "a positive number");
        require("weight decay", weightDecay, weightDecay.orElse(0.0) >= 0, "at least 0");
        require("validation part", validation, validation >= 0 && validation < 1, "from 0, for none, to below 1");
        require("threads", threads, threads.orElse(1) >= 1, "at least 1");
        require("bytes of memory", memory, memory >= 1, "at least 1");
    }

    private static void require(String what, Object value, boolean possible, String expected) {
        if (!possible) {
            Object shown = value instanceof Optional<?> given ? given.orElseThrow() : value;
            throw new IllegalArgumentException(
                    "A training of a table with " + what + ": " + shown + "\n  expected " + expected);
        }
    }

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
        return new TabularFit(this, profile, schema, split()).run(hook);
    }

    /** Returns a copy with other hidden layers; none makes a linear model. */
    public TabularTraining withHidden(Integer... units) {
        return with(List.of(units), dropout, epochs, batchSize, rate, weightDecay);
    }

    /** Returns a copy with a dropout rate after each hidden layer. */
    public TabularTraining withDropout(double fraction) {
        return with(hidden, fraction, epochs, batchSize, rate, weightDecay);
    }

    /** Returns a copy with another number of epochs. */
    public TabularTraining withEpochs(int number) {
        return with(hidden, dropout, Optional.of(number), batchSize, rate, weightDecay);
    }

    /** Returns a copy with another number of rows in a step. */
    public TabularTraining withBatchSize(int rows) {
        return with(hidden, dropout, epochs, Optional.of(rows), rate, weightDecay);
    }

    /** Returns a copy with another learning rate. */
    public TabularTraining withRate(double largest) {
        return with(hidden, dropout, epochs, batchSize, largest, weightDecay);
    }

    /** Returns a copy with another weight decay. */
    public TabularTraining withWeightDecay(double decay) {
        return with(hidden, dropout, epochs, batchSize, rate, Optional.of(decay));
    }

    private TabularTraining with(
            List<Integer> units,
            double fraction,
            Optional<Integer> passes,
            Optional<Integer> rows,
            double largest,
            Optional<Double> decay) {
        return new TabularTraining(
                units, fraction, passes, rows, largest, decay, validation, earlyStopping, seed, threads, memory);
    }

    /** Returns a copy with another part of the rows for validation; 0 trains with all of them, to the last epoch. */
    public TabularTraining withValidation(double fraction) {
        return with(fraction, earlyStopping, seed, threads, memory);
    }

    /** Returns a copy that trains to the last epoch and keeps its weights. */
    public TabularTraining withoutEarlyStopping() {
        return with(validation, false, seed, threads, memory);
    }

    /** Returns a copy with another seed. */
    public TabularTraining withSeed(long number) {
        return with(validation, earlyStopping, number, threads, memory);
    }

    /** Returns a copy that splits a batch over this number of threads. */
    public TabularTraining withThreads(int number) {
        return with(validation, earlyStopping, seed, Optional.of(number), memory);
    }

    /** Returns a copy whose encoded rows may take this many bytes. */
    public TabularTraining withMemory(long bytes) {
        return with(validation, earlyStopping, seed, threads, bytes);
    }

    private TabularTraining with(
            double fraction, boolean stopping, long number, Optional<Integer> parallel, long bytes) {
        return new TabularTraining(
                hidden, dropout, epochs, batchSize, rate, weightDecay, fraction, stopping, number, parallel, bytes);
    }
}
