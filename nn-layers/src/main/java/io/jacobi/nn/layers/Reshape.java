package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reshape: gives each example another shape, with the same elements in the same order.
 *
 * <pre>
 * x [batch, ...]   y [batch, dims...], with an equal number of elements
 * y = x     dx = dy, in the shape of x
 * </pre>
 *
 * One dimension may be {@link #INFERRED} from the others and the number of elements. The numbers of elements must be
 * equal; otherwise {@link ShapeException} at build.
 *
 * <p>Derivation: docs/derivations/reshape.md.
 *
 * @param dims the dimensions of one output example, without the batch
 */
public record Reshape(List<Long> dims) implements Layer {

    /** A dimension that follows from the others and the number of elements, as in PyTorch. */
    public static final long INFERRED = -1;

    public Reshape {
        dims = List.copyOf(dims);
        if (dims.stream().anyMatch(d -> d < 1 && d != INFERRED) || Collections.frequency(dims, INFERRED) > 1) {
            throw new IllegalArgumentException("Reshape has the dimensions " + dims
                    + "\n  expected each to be at least 1; one of them may be -1, which infers it");
        }
    }

    /** A reshape to the given dimensions, such as {@code new Reshape(1, 28, 28)}. */
    public Reshape(long... dims) {
        this(Arrays.stream(dims).boxed().toList());
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        long[] known = dims.stream().mapToLong(Long::longValue).toArray();
        long[] others = Arrays.stream(known).filter(dim -> dim != INFERRED).toArray();
        long product = Shape.of(others).size();
        for (int i = 0; i < known.length; i++) {
            if (known[i] == INFERRED) {
                known[i] = input.size() / product;
            }
        }
        boolean inferred = others.length < known.length;
        if (inferred ? input.size() % product != 0 : input.size() != product) {
            throw ShapeException.input(
                    (inferred ? "a multiple of " : "") + product + " elements per example, for " + dims,
                    input,
                    "choose dimensions whose product is " + input.size());
        }
        return Shape.of(known);
    }

    @Override
    public void forward(Pass p) {
        Vectors.copy(p.scratch(), p.x(), p.y());
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = x   =>   dx = dy
            Vectors.copy(p.scratch(), p.dy(), p.dx());
        }
    }

    @Override
    public String toString() {
        return "Reshape" + dims;
    }
}
