package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Arrays;

/**
 * Global average pooling: the mean of each channel over all its positions, one number for each feature of an image.
 *
 * <pre>
 * x [batch, channels, height, width]   y [batch, channels]
 * y_c = 1/k Σ_uv x_cuv     dx_cuv = dy_c / k     k = height · width
 * </pre>
 *
 * The input must be {@code [channels, height, width]}; otherwise {@link io.jacobi.nn.ShapeException} at build.
 *
 * <p>Derivation: docs/derivations/pooling.md. Source: Lin, Chen and Yan 2014, section 3.2.
 */
public record GlobalAvgPool2d() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        Window2d.requireImages(input);
        return Shape.of(input.dim(0));
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        Span x = s.span(p.x());
        Span y = s.span(p.y());
        int k = x.length() / y.length();
        for (int first = 0; first < y.length(); first += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, y.length() - first);
            double[] means = s.doubles(1, n);
            for (int c = 0; c < n; c++) {
                means[c] = sum(s, x, (first + c) * k, k) / k;
            }
            s.store(1, y, first, n);
        }
    }

    private static double sum(Scratch s, Span x, int at, int k) {
        double sum = 0;
        for (int i = 0; i < k; i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, k - i);
            double[] tile = s.load(0, x, at + i, n);
            for (int j = 0; j < n; j++) {
                sum += tile[j];
            }
        }
        return sum;
    }

    @Override
    public void backward(Pass p) {
        if (!p.needsInputGradient()) {
            return;
        }
        Scratch s = p.scratch();
        Span dx = s.span(p.dx());
        Span dy = s.span(p.dy());
        int k = dx.length() / dy.length();
        for (int c = 0; c < dy.length(); c++) {
            // y_c = 1/k Σ x_c   =>   dx_c = dy_c / k at every position
            double share = s.load(1, dy, c, 1)[0] / k;
            Arrays.fill(s.doubles(0, k), 0, Math.min(Scratch.TILE, k), share);
            for (int i = 0; i < k; i += Scratch.TILE) {
                s.store(0, dx, c * k + i, Math.min(Scratch.TILE, k - i));
            }
        }
    }

    @Override
    public String toString() {
        return "GlobalAvgPool2d";
    }
}
