package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;

/**
 * Slice: consecutive features of vectors, channels of images or steps of sequences; the others are dropped.
 *
 * <pre>
 * x [batch, n, ...]   y [batch, to − from, ...]
 * y = x[:, from:to]     dx[:, from:to] = dy, and 0 elsewhere
 * </pre>
 *
 * It is {@code torch.narrow} along dimension 1, the first after the batch, where {@link Concat} joins. Branches of a
 * Concat that begin with slices each read their own part of the input. The input must have {@code to} entries in that
 * dimension, or more; otherwise {@link ShapeException} at build.
 *
 * <p>Derivation: docs/derivations/slice.md.
 *
 * @param from the first entry, counted from 0
 * @param to the entry after the last
 */
public record Slice(int from, int to) implements Layer {

    public Slice {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("Slice is from " + from + " to " + to
                    + "\n  expected 0 <= from < to: the first entry, and the entry after the last");
        }
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        if (input.rank() == 0 || input.dim(0) < to) {
            throw ShapeException.input(
                    "[n, ...] per example with n >= " + to,
                    input,
                    "end the slice at the last entry, or give the model a larger input");
        }
        long[] dims = input.dims();
        dims[0] = (long) to - from;
        return Shape.of(dims);
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        Span y = s.span(p.y());
        int whole = x.length() / p.batch();
        int part = y.length() / p.batch();
        int start = from * (part / (to - from));
        for (int n = 0; n < p.batch(); n++) {
            // y_n = x_n[from:to]
            y.put(n * part, x, n * whole + start, part);
        }
    }

    @Override
    public void backward(Pass p) {
        if (!p.needsInputGradient()) {
            return;
        }
        Scratch s = p.scratch();
        Span dy = s.span(p.dy());
        Span dx = s.span(p.dx());
        int whole = dx.length() / p.batch();
        int part = dy.length() / p.batch();
        int start = from * (part / (to - from));
        // what y does not have   =>   dx = 0
        Vectors.fill(s, p.dx(), 0);
        for (int n = 0; n < p.batch(); n++) {
            // y_n = x_n[from:to]   =>   dx_n[from:to] = dy_n
            dx.put(n * whole + start, dy, n * part, part);
        }
    }

    @Override
    public String toString() {
        return "Slice(" + from + ", " + to + ")";
    }
}
