package io.jacobi.nn.math;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Counts what the process has allocated off the heap since this object was made. All threads count, so a number other
 * than 0 may come from another thread than the one that asks.
 */
public final class NativeAllocations {

    private final long pointers = Pointer.totalCount();
    private final long numbers = number();

    /** Starts to count. */
    public NativeAllocations() {}

    /** ND4J numbers every buffer, view and operation that it has to free later, and this is the next number. */
    private static long number() {
        return Nd4j.getDeallocatorService().nextValue();
    }

    /** Buffers, views and operations of ND4J. A call of this method counts as one, so ask only once. */
    public long nd4j() {
        // this call takes a number too
        return number() - numbers - 1;
    }

    /** Pointers of JavaCPP that own memory, less the pointers that were freed, perhaps by a garbage collection. */
    public long javacpp() {
        return Pointer.totalCount() - pointers;
    }

    /**
     * The allocations during one action: buffers, views and operations of ND4J by any thread, and pointers of JavaCPP
     * that own memory by this thread, including the pointers that the action frees again.
     */
    public static long during(Runnable action) {
        try (PointerCount pointers = new PointerCount()) {
            NativeAllocations made = new NativeAllocations();
            action.run();
            return made.nd4j() + pointers.count;
        }
    }

    /** JavaCPP hands each new pointer that owns memory to the innermost scope of the thread. */
    private static final class PointerCount extends PointerScope {

        private long count;

        @Override
        public PointerScope attach(Pointer pointer) {
            count++;
            return this;
        }
    }
}
