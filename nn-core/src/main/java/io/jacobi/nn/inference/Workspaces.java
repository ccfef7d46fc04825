package io.jacobi.nn.inference;

import io.jacobi.nn.model.Workspace;

/** The workspaces of a predictor and the weights that it serves: a pool for single examples and one for batches. */
final class Workspaces {

    /** The largest number of rows in one pass: more would need more memory and be no faster. */
    static final int MAX_BATCH = 256;

    /** More threads than processors may be inside a call at the same time; workspaces for one example are small. */
    private static final int SINGLES_KEPT = 64;

    /** Computes some of the examples. */
    @FunctionalInterface
    interface Batch {

        /**
         * Computes the examples from {@code first}.
         *
         * @param w a workspace for exactly the examples of this batch
         */
        void run(Workspace w, int first);
    }

    private final ServedWeights served;
    private final WorkspacePool single;
    private final WorkspacePool many;

    /** Takes over the caller's hold of {@code weights}. */
    Workspaces(SharedWeights weights) {
        int processors = Runtime.getRuntime().availableProcessors();
        this.served = new ServedWeights(weights);
        this.single = new WorkspacePool(served, 1, Math.max(SINGLES_KEPT, 2 * processors));
        this.many = new WorkspacePool(served, MAX_BATCH, 2 * processors);
    }

    void requireOpen() {
        served.requireOpen();
    }

    /** Borrows a workspace for one example; {@link #giveBackSingle} must follow. */
    ServingWorkspace borrowSingle() {
        return single.borrow();
    }

    void giveBackSingle(ServingWorkspace lent) {
        single.giveBack(lent);
    }

    /** Runs {@code batch} for {@code n} examples, at most {@value #MAX_BATCH} at a time. */
    void inBatches(int n, Batch batch) {
        ServingWorkspace lent = many.borrow();
        try {
            for (int first = 0; first < n; first += MAX_BATCH) {
                batch.run(lent.workspace().narrow(Math.min(MAX_BATCH, n - first)), first);
            }
        } finally {
            many.giveBack(lent);
        }
    }

    /** Makes a workspace of each size for every processor. */
    void fill() {
        single.fill();
        many.fill();
    }

    /**
     * Serves {@code next} from now on and takes over the caller's hold of it; returns false, without effect, if this is
     * closed.
     */
    boolean replace(SharedWeights next) {
        if (!served.replace(next)) {
            return false;
        }
        renew();
        return true;
    }

    void close() {
        served.close();
        renew();
    }

    private void renew() {
        single.renew();
        many.renew();
    }

    /** The number of workspaces made so far. */
    int made() {
        return single.made() + many.made();
    }
}
