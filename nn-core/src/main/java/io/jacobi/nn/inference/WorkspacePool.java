package io.jacobi.nn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Idle inference workspaces of one size. Nobody waits: who finds the pool empty gets a new workspace, and who finds it full on
 * return closes theirs.
 *
 * <p>Each thread looks first where it found one before, so that threads do not meet at the first slot.
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
     * A workspace over the weights that are served now; these stay the same until it is given back.
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

    /** Makes as many as there are processors, and writes to every page of them: memory that was never written to is no memory yet. */
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
            // a look is cheaper than an exchange where nothing is
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

    /** Lets the workspace compute with what is served now. If nothing is any more, closes it and returns false. */
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
        // once it is kept, another thread may have it
        SharedWeights used = workspace.weights();
        if (served.isClosed() || !keep(workspace)) {
            workspace.close();
        } else if (!served.are(used)) {
            // whoever replaced or closed may have gone over the slots before this one was filled
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

    /** After what is served has changed: idle workspaces let go of what was served before; those in use do when they come back. */
    void renew() {
        for (int i = 0; i < idle.length(); i++) {
            ServingWorkspace workspace = idle.getAndSet(i, null);
            if (workspace != null && update(workspace)) {
                giveBack(workspace);
            }
        }
    }

    /** How many workspaces have been made since the beginning. */
    int made() {
        return made.get();
    }
}
