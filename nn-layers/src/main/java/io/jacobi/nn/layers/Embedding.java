package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;

/**
 * Embedding: a trained vector for each word of a vocabulary. Each index is replaced by its row of W.
 *
 * <pre>
 * x [batch, ...] indices   W [vocabulary, dimensions]   y [batch, ..., dimensions]
 * y_t = W[x_t, :]
 * dW[x_t, :] += dy_t for every position t     dx = 0
 * </pre>
 *
 * Any shape, [] included. The input holds whole numbers from 0 to vocabulary − 1 in the model's data type; anything
 * else is an {@link IllegalArgumentException} in the forward pass, before y is written. There is no derivative with
 * respect to an index, so dx is 0.
 *
 * <p>Derivation: docs/derivations/embedding.md. Source: Bengio et al. 2003.
 *
 * @param vocabulary the number of words, which are the rows of W
 * @param dimensions the length of a row
 * @param weightInitializer the start of W
 */
public record Embedding(int vocabulary, int dimensions, Initializer weightInitializer) implements Layer {

    /** From here on, not every whole number is a float. */
    private static final int MAX_VOCABULARY = 1 << 24;

    public Embedding {
        if (vocabulary < 1 || vocabulary > MAX_VOCABULARY) {
            throw new IllegalArgumentException("Embedding has a vocabulary of " + vocabulary + "\n  expected 1 to "
                    + MAX_VOCABULARY + ", the whole numbers that a float can tell apart");
        }
        if (dimensions < 1) {
            throw new IllegalArgumentException("Embedding has " + dimensions + " dimensions\n  expected at least 1");
        }
    }

    /** An embedding that starts from a standard normal distribution, as in PyTorch. */
    public Embedding(int vocabulary, int dimensions) {
        this(vocabulary, dimensions, Initializers.normal(0, 1));
    }

    /** Returns a copy with another start of W. */
    public Embedding withWeightInitializer(Initializer initializer) {
        return new Embedding(vocabulary, dimensions, initializer);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        d.parameter("weight", Shape.of(vocabulary, dimensions), weightInitializer);
        long[] output = Arrays.copyOf(input.dims(), input.rank() + 1);
        output[input.rank()] = dimensions;
        return Shape.of(output);
    }

    @Override
    public void forward(Pass p) {
        requireIndices(p);
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        Span weight = s.span(p.value("weight"));
        Span y = s.span(p.y());
        for (int t = 0; t < x.length(); t++) {
            // y_t = W[x_t, :]
            int row = (int) x.get(t);
            y.put(t * dimensions, weight, row * dimensions, dimensions);
        }
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        Span dy = s.span(p.dy());
        Span gradient = s.span(p.gradient("weight"));
        for (int t = 0; t < x.length(); t++) {
            // y_t = W[x_t, :]   =>   dW[x_t, :] += dy_t
            int row = (int) x.get(t);
            addRow(s, dy, t * dimensions, gradient, row * dimensions);
        }
        if (p.needsInputGradient()) {
            Vectors.fill(s, p.dx(), 0);
        }
    }

    private void addRow(Scratch s, Span from, int at, Span to, int start) {
        if (to.isFloat()) {
            // in float: 128 rows of 64 take 7 us, and 47 us with widening and rounding
            float[] sum = s.loadFloats(0, to, start, dimensions);
            float[] term = s.loadFloats(1, from, at, dimensions);
            for (int i = 0; i < dimensions; i++) {
                sum[i] += term[i];
            }
            s.storeFloats(0, to, start, dimensions);
        } else {
            double[] sum = s.load(0, to, start, dimensions);
            double[] term = s.load(1, from, at, dimensions);
            for (int i = 0; i < dimensions; i++) {
                sum[i] += term[i];
            }
            s.store(0, to, start, dimensions);
        }
    }

    private void requireIndices(Pass p) {
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        for (int i = 0; i < x.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, x.length() - i);
            double[] indices = s.load(0, x, i, n);
            for (int j = 0; j < n; j++) {
                int index = (int) indices[j];
                // NaN becomes the int 0, which it does not equal
                if (index != indices[j] || index < 0 || index >= vocabulary) {
                    throw notAnIndex(p, i + j, indices[j]);
                }
            }
        }
    }

    private IllegalArgumentException notAnIndex(Pass p, int t, double value) {
        long[] shape = p.x().shape();
        Shape example = Shape.of(Arrays.copyOfRange(shape, 1, shape.length));
        String shown = value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
        return new IllegalArgumentException(this + ": the index of example " + (p.firstExample() + t / example.size())
                + " of the batch at position " + Arrays.toString(example.indices(t % example.size())) + " is " + shown
                + "\n  expected a whole number from 0 to " + (vocabulary - 1)
                + "\n  fix: correct the index, or give the layer a larger vocabulary");
    }

    @Override
    public String toString() {
        return "Embedding(" + vocabulary + ", " + dimensions + ")";
    }
}
