package io.jacobi.nn.layers.planted;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;

/**
 * A correct layer with one mistake.
 *
 * @param mistake the mistake in words
 * @param right the correct layer
 * @param forward the forward pass that replaces the correct one
 * @param backward the backward pass that replaces the correct one
 */
record SpoiledLayer(String mistake, Layer right, Half forward, Half backward) implements Layer {

    /** A forward or backward pass. */
    @FunctionalInterface
    interface Half {
        void run(Layer right, Pass p);
    }

    static SpoiledLayer of(String mistake, Layer right) {
        return new SpoiledLayer(mistake, right, Layer::forward, Layer::backward);
    }

    SpoiledLayer forward(Half wrong) {
        return new SpoiledLayer(mistake, right, wrong, backward);
    }

    SpoiledLayer backward(Half wrong) {
        return new SpoiledLayer(mistake, right, forward, wrong);
    }

    /** Returns a copy that runs another layer, which is correct in itself. */
    SpoiledLayer replaced(Layer other) {
        return forward((right, p) -> other.forward(p)).backward((right, p) -> other.backward(p));
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return right.declare(input, d);
    }

    @Override
    public void forward(Pass p) {
        forward.run(right, p);
    }

    @Override
    public void backward(Pass p) {
        backward.run(right, p);
    }

    @Override
    public boolean couplesExamples() {
        return right.couplesExamples();
    }

    @Override
    public OutputKind outputKind() {
        return right.outputKind();
    }

    @Override
    public String toString() {
        return right + " that " + mistake;
    }
}
