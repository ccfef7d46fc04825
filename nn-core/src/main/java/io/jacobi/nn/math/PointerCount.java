package io.jacobi.nn.math;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Counts the pointers of JavaCPP that own memory and that this thread makes while it is open: also those that are freed
 * at once.
 */
public final class PointerCount implements AutoCloseable {

    private final Scope scope = new Scope();

    /** Starts to count. */
    public PointerCount() {}

    /** How many there were so far. */
    public long pointers() {
        return scope.count;
    }

    @Override
    public void close() {
        scope.close();
    }

    private static final class Scope extends PointerScope {

        private long count;

        @Override
        public PointerScope attach(Pointer pointer) {
            count++;
            return this;
        }
    }
}
