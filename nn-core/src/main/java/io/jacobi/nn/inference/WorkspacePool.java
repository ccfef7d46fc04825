package io.jacobi.nn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Idle inference workspaces of one size. No caller waits: if the pool is empty, {@link #borrow} makes a new workspace,
 * and if it is full, {@link #giveBack} closes the one returned.
 *
 * <p>Each thread starts at a slot of its own, so that threads do not contend for the first slot.
 */
final class WorkspacePool {

    private final ServedWeights served;
    private final int batch;
    private final AtomicReferenceArray<@Nullable ServingWorkspace> idle;
    private final AtomicInteger made = new AtomicInteger();

    WorkspacePool(ServedWeights served, int batch, int capacity) {
        this.served = served;
        this.batch = batch;
        this.idle = new AtomicReferenceArray<>(capacity);
    }

    /**
     * Returns a workspace over the weights that are served now. It keeps them until it is given back.
     *
     * @throws IllegalStateException if the predictor is closed
     */
    ServingWorkspace borrow() {
        ServingWorkspace workspace = takeIdle();
        if (workspace == null) {
            return make();
        } else if (!update(workspace)) {
            throw ServedWeights.closed();
        }
        return workspace;
    }

    private ServingWorkspace make() {
        SharedWeights weights = served.hold();
        if (weights == null) {
            throw ServedWeights.closed();
        }
        made.incrementAndGet();
        return new ServingWorkspace(weights, batch);
    }

    /** Makes one for each processor and writes to every page, because the system assigns memory at the first write. */
    void fill() {
        List<ServingWorkspace> lent = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                lent.add(borrow());
            }
            lent.forEach(each -> each.workspace().fill(0));
        } finally {
            lent.forEach(this::giveBack);
        }
    }

    private @Nullable ServingWorkspace takeIdle() {
        int start = start();
        for (int i = 0; i < idle.length(); i++) {
            int slot = (start + i) % idle.length();
            // a read is cheaper than an exchange if the slot is empty
            ServingWorkspace workspace = idle.get(slot) == null ? null : idle.getAndSet(slot, null);
            if (workspace != null) {
                return workspace;
            }
        }
        return null;
    }

    private int start() {
        return (int) (Thread.currentThread().getId() % idle.length());
    }

    /**
     * Moves the workspace to the weights that are served now. If the predictor is closed, closes the workspace and
     * returns false.
     */
    private boolean update(ServingWorkspace workspace) {
        if (served.are(workspace.weights())) {
            return true;
        }
        SharedWeights now = served.hold();
        if (now == null) {
            workspace.close();
            return false;
        }
        workspace.moveTo(now);
        return true;
    }

    void giveBack(ServingWorkspace workspace) {
        // read first: another thread may take the workspace as soon as it is kept
        SharedWeights used = workspace.weights();
        if (served.isClosed() || !keep(workspace)) {
            workspace.close();
        } else if (!served.are(used)) {
            // replace or close may have visited the slots before this one was filled
            renew();
        }
    }

    private boolean keep(ServingWorkspace workspace) {
        int start = start();
        for (int i = 0; i < idle.length(); i++) {
            if (idle.compareAndSet((start + i) % idle.length(), null, workspace)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Moves idle workspaces to new weights, or closes them after close. Workspaces in use follow when they are given
     * back.
     */
    void renew() {
        for (int i = 0; i < idle.length(); i++) {
            ServingWorkspace workspace = idle.getAndSet(i, null);
            if (workspace != null && update(workspace)) {
                giveBack(workspace);
            }
        }
    }

    /** The number of workspaces made so far. */
    int made() {
        return made.get();
    }
}
