package io.jacobi.nn.layers.nested;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.layers.check.ScalarLayers;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;

/**
 * A layer of a user's: y = a(x) ∘ b(x), as in Dauphin et al. 2017, where b ends with a sigmoid. Both branches read x.
 *
 * @param a one layer
 * @param b layers that follow each other
 */
record Gate(Layer a, List<Layer> b) implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        Shape output = d.branch("a", a, input, Link.X);
        Shape gate = d.branch("b", b, input, Link.X);
        if (!gate.equals(output)) {
            throw new ShapeException(
                    "both sides of a gate are multiplied",
                    "b to give " + output + ", as a does",
                    gate.toString(),
                    "give both as many units");
        }
        return output;
    }

    @Override
    public void forward(Pass p) {
        Branch left = p.branch("a");
        Branch right = p.branch("b");
        left.forward();
        right.forward();
        Elementwise.map(p.scratch(), left.y(), right.y(), p.y(), Gate::multiply);
    }

    @Override
    public void backward(Pass p) {
        Branch left = p.branch("a");
        Branch right = p.branch("b");
        // y = a ∘ b   =>   da = dy ∘ b   and   db = dy ∘ a
        Elementwise.map(p.scratch(), p.dy(), right.y(), left.dy(), Gate::multiply);
        Elementwise.map(p.scratch(), p.dy(), left.y(), right.dy(), Gate::multiply);
        left.backward();
        right.backward();
        if (p.needsInputGradient()) {
            // x is used twice   =>   dx is the sum
            Vectors.copy(p.scratch(), left.dx(), p.dx());
            Vectors.addScaled(p.scratch(), 1, right.dx(), p.dx());
        }
    }

    private static void multiply(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * b[i];
        }
    }

    @Override
    public boolean couplesExamples() {
        return a.couplesExamples() || b.stream().anyMatch(Layer::couplesExamples);
    }

    /** The forward pass of a gate, number by number. */
    static <T extends Real<T>> Tensor<T> scalars(Gate layer, ScalarPass<T> p) {
        Tensor<T> left = ScalarLayers.of(layer.a()).forward(p.child("a", p.x()));
        Tensor<T> right = p.x();
        for (int i = 0; i < layer.b().size(); i++) {
            right = ScalarLayers.of(layer.b().get(i)).forward(p.child("b." + i, right));
        }
        Tensor<T> gate = right;
        return Tensor.of(left.shape(), i -> left.at(i).times(gate.at(i)));
    }
}
