package io.jacobi.nn;

/**
 * One differentiable step of a model: two functions over buffers that it does not own.
 *
 * <p>Implementations are immutable records that hold hyperparameters and nothing else. Weights belong to the {@code Sequential},
 * buffers to the {@code Workspace}; the layer sees both through a {@link Pass}. One instance may therefore serve many models,
 * threads and positions at once.
 *
 * <p>A new layer is one file: docs/add-a-layer.md.
 */
public interface Layer {

    /**
     * Checks the shape of one example, declares parameters and saved buffers, and returns the shape of one output example. Called
     * once for each build, before any memory exists.
     *
     * @throws ShapeException if the layer cannot take this input
     */
    Shape declare(Shape input, Declarations d);

    /** Writes {@code p.y()} from {@code p.x()}. Allocates nothing native and keeps no reference to {@code p}. */
    void forward(Pass p);

    /**
     * Writes {@code p.dx()} from {@code p.dy()} (only if {@link Pass#needsInputGradient()}), and adds to the gradient of each
     * parameter. Changes neither x, y nor dy. It differentiates the forward pass before it, of training or of prediction, and may
     * be called again, with another dy.
     */
    void backward(Pass p);

    /**
     * Whether the output of one example depends on the others of its batch, as in batch normalization. The trainer never splits
     * a batch over threads when a layer says so, because that would change what the layer computes.
     */
    default boolean couplesExamples() {
        return false;
    }

    /**
     * What the output means. A loss that takes logits computes something, and trains badly, behind a layer that has made
     * probabilities of them already: a pairing that is refused when the trainer is made.
     */
    default Output output() {
        return Output.ANY;
    }
}
