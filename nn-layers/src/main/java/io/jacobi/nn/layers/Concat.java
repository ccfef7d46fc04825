package io.jacobi.nn.layers;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers side by side, which all read the input, and their outputs one after the other: features of vectors, channels
 * of images, steps of sequences.
 *
 * <pre>
 * x [batch, ...]   y₁ [batch, c₁, ...]   y₂ [batch, c₂, ...]   y [batch, c₁ + c₂ + ..., ...]
 * y = (f₁(x), f₂(x), ...)     dx = J₁ᵀ dy₁ + J₂ᵀ dy₂ + ...
 * </pre>
 *
 * It is {@code torch.cat} along dimension 1, the first after the batch. The outputs may differ in that dimension only;
 * otherwise {@link ShapeException} at build. Parameters are stored as {@code <path>.<index>.<name>}, like those of a
 * {@code torch.nn.ModuleList}; a branch of several layers is a {@link Chain}.
 *
 * <p>Derivation: docs/derivations/concat.md. Source: Szegedy et al. 2015, section 4 (branches of one input); Huang et
 * al. 2017, equation 2.
 *
 * @param branches f₁, f₂, ..., at least one
 */
public record Concat(List<Layer> branches) implements Layer {

    public Concat {
        branches = Composites.requireLayers("Concat", branches);
    }

    /** The outputs of these layers, in this order. */
    public static Concat of(Layer... branches) {
        return new Concat(List.of(branches));
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        // the first branch writes dx, and the others are added to it
        Shape first = branch(0, d, input, Link.X, Link.DX);
        if (first.rank() == 0) {
            throw misfit(0, "an output with a dimension to join along", first);
        }
        long joined = first.dim(0);
        for (int i = 1; i < branches.size(); i++) {
            Shape output = branch(i, d, input, Link.X);
            if (output.rank() == 0 || !withFirst(1, output).equals(withFirst(1, first))) {
                throw misfit(i, withFirst("n", first) + " for some n, as from branch 0, " + branches.get(0), output);
            }
            joined += output.dim(0);
        }
        return withFirst(joined, first);
    }

    private Shape branch(int index, Declarations d, Shape input, Link... links) {
        return d.branch(Integer.toString(index), branches.get(index), input, links);
    }

    private ShapeException misfit(int index, String expected, Shape output) {
        return new ShapeException(
                "the output of branch " + index + ", " + branches.get(index) + ", cannot be joined to the others",
                expected,
                output.toString(),
                "let the branches differ in the first dimension of an example only");
    }

    private static Shape withFirst(long length, Shape shape) {
        long[] dims = shape.dims();
        dims[0] = length;
        return Shape.of(dims);
    }

    private static String withFirst(String length, Shape shape) {
        String dims = shape.toString();
        return "[" + length + dims.substring(dims.indexOf(shape.rank() == 1 ? ']' : ','));
    }

    @Override
    public void forward(Pass p) {
        List<? extends Branch> f = p.branches();
        int at = 0;
        for (int i = 0; i < f.size(); i++) {
            f.get(i).forward();
            // y = (y₁, y₂, ...)
            at += moveColumns(p, p.y(), at, f.get(i).y(), false);
        }
    }

    @Override
    public void backward(Pass p) {
        List<? extends Branch> f = p.branches();
        int at = 0;
        for (int i = 0; i < f.size(); i++) {
            // y = (y₁, y₂, ...)   =>   dyᵢ is its part of dy
            at += moveColumns(p, p.dy(), at, f.get(i).dy(), true);
            f.get(i).backward();
            if (i > 0 && p.needsInputGradient()) {
                // x is read by every branch   =>   dx = Σᵢ Jᵢᵀ dyᵢ
                Vectors.addScaled(p.scratch(), 1, f.get(i).dx(), p.dx());
            }
        }
    }

    /**
     * Copies between the columns of {@code whole} from {@code at} and all columns of {@code part}; a row is an example.
     *
     * @return the number of columns
     */
    private static int moveColumns(Pass p, INDArray whole, int at, INDArray part, boolean out) {
        Span joined = p.scratch().span(whole);
        Span own = p.scratch().span(part);
        int columns = joined.length() / p.batch();
        int width = own.length() / p.batch();
        for (int n = 0; n < p.batch(); n++) {
            if (out) {
                own.put(n * width, joined, n * columns + at, width);
            } else {
                joined.put(n * columns + at, own, n * width, width);
            }
        }
        return width;
    }

    @Override
    public boolean couplesExamples() {
        return Composites.coupleExamples(branches);
    }

    @Override
    public String toString() {
        return "Concat(" + branches.stream().map(Layer::toString).collect(Collectors.joining(", ")) + ")";
    }
}
