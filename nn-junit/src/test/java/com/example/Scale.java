package com.example;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Rows;

/** Scales each feature by a learned number: Y_ni = a_i X_ni. */
public record Scale() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        d.parameter("scale", input, Initializers.constant(1));
        d.saved("product", input);
        return input;
    }

    @Override
    public void forward(Pass p) {
        Rows.fill(p.scratch(), p.value("scale"), p.y()); // Y = a in every row
        Elementwise.map(p.scratch(), p.x(), p.y(), p.y(), Scale::multiply); // Y = X ∘ Y
    }

    @Override
    public void backward(Pass p) {
        // Y = X ∘ (a in every row)   =>   da += Σ_batch dY ∘ X   and   dX = dY ∘ (a in every row)
        Elementwise.map(p.scratch(), p.dy(), p.x(), p.saved("product"), Scale::multiply);
        Rows.addSum(p.scratch(), p.saved("product"), p.gradient("scale"));
        if (p.needsInputGradient()) {
            Rows.fill(p.scratch(), p.value("scale"), p.dx());
            Elementwise.map(p.scratch(), p.dy(), p.dx(), p.dx(), Scale::multiply);
        }
    }

    private static void multiply(double[] a, double[] b, double[] product, int n) {
        for (int i = 0; i < n; i++) {
            product[i] = a[i] * b[i];
        }
    }
}
