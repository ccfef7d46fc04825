package io.jacobi.nn.tabular;

/**
 * How long a model of a table is trained, and with how much weight decay, where the settings do not say: docs/tabular.md
 * has what the rules reach on tables of 100 to 1,000,000 rows.
 *
 * @param epochs passes over the training rows
 * @param batchSize rows in a step
 * @param rows the number of training rows
 * @param weightDecay AdamW's
 */
record StepPlan(int epochs, int batchSize, int rows, double weightDecay) {

    private static final int STEPS = 3000;
    private static final int MIN_EPOCHS = 3;
    private static final int MIN_PATIENCE = 5;
    private static final int MAX_EPOCHS = 300;
    private static final int MIN_BATCH = 16;
    private static final int MAX_BATCH = 512;
    private static final int BATCHES = 50;

    /** With fewer rows, weights decay by the share 1 · rate in each step: the less data, the more a prior counts. */
    private static final double ROWS_OF_FULL_DECAY = 100_000;

    static StepPlan of(TabularTraining settings, int rows) {
        int batch = settings.batchSize().orElse(Math.max(MIN_BATCH, Math.min(MAX_BATCH, rows / BATCHES)));
        int stepsPerEpoch = (rows + batch - 1) / batch;
        int epochs = settings.epochs().orElse(Math.max(MIN_EPOCHS, Math.min(MAX_EPOCHS, STEPS / stepsPerEpoch)));
        double decay = settings.weightDecay().orElse(Math.min(1, ROWS_OF_FULL_DECAY / rows));
        return new StepPlan(epochs, batch, rows, decay);
    }

    /** The number of steps of the run, which is the length of the schedule. */
    long total() {
        return (long) epochs * ((rows + batchSize - 1) / batchSize);
    }

    /** The epochs without gain after which training stops. */
    int patience() {
        return Math.max(MIN_PATIENCE, epochs / 10);
    }
}
