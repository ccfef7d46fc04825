package io.jacobi.nn;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Idle inference workspaces of one size. Nobody waits: who finds the pool empty gets a new workspace, and who finds it full on
 * return closes theirs.
 */
final class WorkspacePool implements AutoCloseable {

    private final Sequential model;
    private final int batch;
    private final AtomicReferenceArray<Workspace> idle;
    private volatile boolean closed;

    WorkspacePool(Sequential model, int batch, int capacity) {
        this.model = model;
        this.batch = batch;
        this.idle = new AtomicReferenceArray<>(capacity);
    }

    Workspace borrow() {
        for (int i = 0; i < idle.length(); i++) {
            Workspace workspace = idle.getAndSet(i, null);
            if (workspace != null) {
                return workspace;
            }
        }
        return Workspace.forInference(model, batch);
    }

    void giveBack(Workspace workspace) {
        boolean kept = false;
        for (int i = 0; i < idle.length() && !kept && !closed; i++) {
            kept = idle.compareAndSet(i, null, workspace);
        }
        if (!kept) {
            workspace.close();
        } else if (closed) {
            // close() may have gone over the slots just before this one was filled
            close();
        }
    }

    /** Frees what is idle; what is in use is freed when it comes back. */
    @Override
    public void close() {
        closed = true;
        for (int i = 0; i < idle.length(); i++) {
            Workspace workspace = idle.getAndSet(i, null);
            if (workspace != null) {
                workspace.close();
            }
        }
    }
}
