package io.jacobi.nn.layers.nested;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.check.ScalarLayers;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of a user's, made of {@link Affine}s that read parts of the input and each other's outputs. The first row of x asks, and the
 * others answer:
 *
 * <pre>
 * x [batch, 1 + rows, features]
 * q = Q(x₀)     k = K(x₁ ...)     v = V(x₁ ...)     a = softmax(k q)     y = O(aᵀ v)
 * </pre>
 *
 * @param units of q, and of each row of k and v
 * @param outputs units of y
 */
record Attention(int units, int outputs) implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        if (input.rank() != 2 || input.dim(0) < 2) {
            throw ShapeException.input("[rows, features], at least two rows", input, "put a Reshape before it");
        }
        long answers = input.dim(0) - 1;
        Shape question = Shape.of(input.dim(1));
        Shape rest = Shape.of(answers * input.dim(1));
        d.branch("query", new Affine(units), question, Link.FROM_X);
        d.branch("keys", new Affine((int) answers * units), rest, Link.FROM_X);
        d.branch("values", new Affine((int) answers * units), rest, Link.FROM_X);
        d.branch("weights", new Softmax(), Shape.of(answers));
        return d.branch("out", new Affine(outputs), Shape.of(units), Link.Y, Link.DY);
    }

    private record Parts(Branch query, Branch keys, Branch values, Branch weights, Branch out) {
        static Parts of(Pass p) {
            return new Parts(
                    p.branch("query"), p.branch("keys"), p.branch("values"), p.branch("weights"), p.branch("out"));
        }
    }

    private static int answers(Pass p) {
        return (int) p.x().size(1) - 1;
    }

    @Override
    public void forward(Pass p) {
        Parts f = Parts.of(p);
        int rows = answers(p);
        takeRows(p, 0, f.query().x());
        takeRows(p, 1, f.keys().x());
        takeRows(p, 1, f.values().x());
        f.query().forward();
        f.keys().forward();
        f.values().forward();
        // s_nr = Σ_u k_nru q_nu
        products(p, f.keys().y(), f.query().y(), f.weights().x(), rows);
        f.weights().forward();
        // c_nu = Σ_r a_nr v_nru
        combinations(p, f.weights().y(), f.values().y(), f.out().x(), rows);
        f.out().forward();
    }

    @Override
    public void backward(Pass p) {
        Parts f = Parts.of(p);
        int rows = answers(p);
        f.out().backward();
        // c_nu = Σ_r a_nr v_nru   =>   da_nr = Σ_u v_nru dc_nu   and   dv_nru = a_nr dc_nu
        products(p, f.values().y(), f.out().dx(), f.weights().dy(), rows);
        outer(p, f.weights().y(), f.out().dx(), f.values().dy(), rows);
        f.weights().backward();
        // s_nr = Σ_u k_nru q_nu   =>   dk_nru = ds_nr q_nu   and   dq_nu = Σ_r ds_nr k_nru
        outer(p, f.weights().dx(), f.query().y(), f.keys().dy(), rows);
        combinations(p, f.weights().dx(), f.keys().y(), f.query().dy(), rows);
        f.query().backward();
        f.keys().backward();
        f.values().backward();
        if (p.needsInputGradient()) {
            Vectors.addScaled(p.scratch(), 1, f.values().dx(), f.keys().dx());
            giveRows(p, 0, f.query().dx());
            giveRows(p, 1, f.keys().dx());
        }
    }

    /** The rows of every example from row {@code first}, as many as {@code to} holds. */
    private static void takeRows(Pass p, int first, INDArray to) {
        move(p, first, to, true);
    }

    private static void giveRows(Pass p, int first, INDArray from) {
        move(p, first, from, false);
    }

    private static void move(Pass p, int first, INDArray part, boolean take) {
        Span whole = p.scratch().span(take ? p.x() : p.dx());
        Span rows = p.scratch().span(part);
        int all = whole.length() / p.batch();
        int some = rows.length() / p.batch();
        int features = (int) p.x().size(2);
        for (int n = 0; n < p.batch(); n++) {
            if (take) {
                rows.put(n * some, whole, n * all + first * features, some);
            } else {
                whole.put(n * all + first * features, rows, n * some, some);
            }
        }
    }

    /** c_nr = Σ_u a_nru b_nu. */
    private static void products(Pass p, INDArray a, INDArray b, INDArray c, int rows) {
        Span as = p.scratch().span(a);
        Span bs = p.scratch().span(b);
        Span cs = p.scratch().span(c);
        int units = bs.length() / p.batch();
        for (int nr = 0; nr < p.batch() * rows; nr++) {
            double sum = 0;
            for (int u = 0; u < units; u++) {
                sum += as.get(nr * units + u) * bs.get(nr / rows * units + u);
            }
            cs.set(nr, sum);
        }
    }

    /** c_nu = Σ_r a_nr b_nru. */
    private static void combinations(Pass p, INDArray a, INDArray b, INDArray c, int rows) {
        Span as = p.scratch().span(a);
        Span bs = p.scratch().span(b);
        Span cs = p.scratch().span(c);
        int units = cs.length() / p.batch();
        for (int n = 0; n < p.batch(); n++) {
            for (int u = 0; u < units; u++) {
                double sum = 0;
                for (int r = n * rows; r < (n + 1) * rows; r++) {
                    sum += as.get(r) * bs.get(r * units + u);
                }
                cs.set(n * units + u, sum);
            }
        }
    }

    /** c_nru = a_nr b_nu. */
    private static void outer(Pass p, INDArray a, INDArray b, INDArray c, int rows) {
        Span as = p.scratch().span(a);
        Span bs = p.scratch().span(b);
        Span cs = p.scratch().span(c);
        int units = bs.length() / p.batch();
        for (int i = 0; i < cs.length(); i++) {
            int nr = i / units;
            cs.set(i, as.get(nr) * bs.get(nr / rows * units + i % units));
        }
    }

    /** The forward pass of this attention, number by number. */
    static <T extends Real<T>> Tensor<T> scalars(Attention layer, ScalarPass<T> p) {
        int batch = p.batch();
        int units = layer.units();
        int rows = p.x().dim(1) - 1;
        int features = p.x().dim(2);
        Affine many = new Affine(rows * units);
        Tensor<T> first = Tensor.byIndex(new int[] {batch, features}, at -> p.x().get(at[0], 0, at[1]));
        Tensor<T> rest = Tensor.byIndex(
                new int[] {batch, rows * features}, at -> p.x().get(at[0], 1 + at[1] / features, at[1] % features));
        Tensor<T> q = ScalarLayers.of(new Affine(units)).forward(p.child("query", first));
        Tensor<T> k = ScalarLayers.of(many).forward(p.child("keys", rest));
        Tensor<T> v = ScalarLayers.of(many).forward(p.child("values", rest));
        Tensor<T> scores = Tensor.byIndex(
                new int[] {batch, rows},
                at -> sum(units, u -> k.get(at[0], at[1] * units + u).times(q.get(at[0], u))));
        Tensor<T> a = ScalarLayers.of(new Softmax()).forward(p.child("weights", scores));
        Tensor<T> combined = Tensor.byIndex(
                new int[] {batch, units}, at -> sum(rows, r -> a.get(at[0], r).times(v.get(at[0], r * units + at[1]))));
        return ScalarLayers.of(new Affine(layer.outputs())).forward(p.child("out", combined));
    }

    private static <T extends Real<T>> T sum(int count, IntFunction<T> term) {
        return Real.sum(IntStream.range(0, count).mapToObj(term).toList());
    }
}
