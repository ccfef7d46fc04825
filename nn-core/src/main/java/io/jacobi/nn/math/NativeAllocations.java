package io.jacobi.nn.math;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Counts what the process has allocated off the heap since this was made: whatever thread did it, so that a number
 * other than 0 need not be the doing of the thread that asks.
 */
public final class NativeAllocations {

    private final long pointers = Pointer.totalCount();
    private final long numbers = number();

    /** Starts to count. */
    public NativeAllocations() {}

    /** ND4J numbers every buffer, view and operation that it is to free later, and this is the next number. */
    private static long number() {
        return Nd4j.getDeallocatorService().nextValue();
    }

    /** Buffers, views and operations of ND4J. Calls of this method count: ask once. */
    public long nd4j() {
        // to ask takes a number too
        return number() - numbers - 1;
    }

    /** Pointers of JavaCPP that own memory, less those that were freed, by a garbage collection perhaps. */
    public long javacpp() {
        return Pointer.totalCount() - pointers;
    }
}
