package io.jacobi.nn.math;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The addresses of A, B and C of a product when they lie inside larger arrays. The pointers are made once and then
 * moved, because a new pointer for each call would be garbage. Each matrix has its own, because all three may be parts
 * of one array.
 *
 * <p>A cursor does not keep memory alive; the {@link Span} that it points into does.
 */
final class Cursors {

    private final Cursor a = new Cursor();
    private final Cursor b = new Cursor();
    private final Cursor c = new Cursor();

    Pointer a(Span span, int offset) {
        return a.at(span, offset);
    }

    Pointer b(Span span, int offset) {
        return b.at(span, offset);
    }

    Pointer c(Span span, int offset) {
        return c.at(span, offset);
    }

    private static final class Cursor {
        private final Floats floats = new Floats();
        private final Doubles doubles = new Doubles();

        Pointer at(Span span, int offset) {
            long start = span.pointer().address();
            return span.isFloat()
                    ? floats.at(start + (long) offset * Float.BYTES)
                    : doubles.at(start + (long) offset * Double.BYTES);
        }
    }

    /** JavaCPP has no public way to set an address. */
    private static final class Floats extends FloatPointer {
        Floats() {
            super((Pointer) null);
        }

        Pointer at(long newAddress) {
            this.address = newAddress;
            return this;
        }
    }

    private static final class Doubles extends DoublePointer {
        Doubles() {
            super((Pointer) null);
        }

        Pointer at(long newAddress) {
            this.address = newAddress;
            return this;
        }
    }
}
