package io.jacobi.nn;

/**
 * One differentiable step of a model: two functions over buffers that it does not own.
 *
 * <p>Implementations are immutable records that hold hyperparameters and nothing else. The weights belong to the model,
 * the buffers to a workspace, and the layer sees both through a {@link Pass}. One instance may therefore serve any
 * number of models, threads and positions.
 *
 * <p>A new layer is one file: docs/add-a-layer.md. A layer that is a function of one example is simplest as a
 * {@link RowLayer}; a layer made of other layers declares {@linkplain Branch branches}.
 */
public interface Layer {

    /**
     * Checks the shape of one input example, declares parameters and buffers, and returns the shape of one output
     * example. It is called once for each build, before any memory exists.
     *
     * @throws ShapeException if the layer cannot take this input
     */
    Shape declare(Shape input, Declarations d);

    /** Writes {@code p.y()} from {@code p.x()}. Allocates nothing native and keeps no reference to {@code p}. */
    void forward(Pass p);

    /**
     * Writes {@code p.dx()} from {@code p.dy()} if {@link Pass#needsInputGradient()}, and adds to the gradient of each
     * parameter. Changes neither x, y nor dy. It differentiates the last forward pass, of training or of prediction,
     * and may be called again with another dy.
     */
    void backward(Pass p);

    /**
     * Whether the output of one example depends on the other examples of its batch, as in batch normalization. The
     * trainer never splits a batch over threads when a layer says so, because that would change what the layer
     * computes. A layer of layers says so when one inside it does; the build checks that.
     */
    default boolean couplesExamples() {
        return false;
    }

    /**
     * The smallest number of examples with which a training step can run this layer, such as 2 if the layer divides by
     * a variance over the batch. The trainer refuses data whose last batch would be smaller before it makes a step. A
     * layer of layers answers for itself alone.
     *
     * @param input the shape of one input example, which {@link #declare} has accepted
     */
    default int smallestBatch(Shape input) {
        return 1;
    }

    /**
     * The meaning of the output. A loss that takes logits computes something behind a layer that gives probabilities,
     * and trains badly; the trainer refuses such a pair.
     */
    default OutputKind outputKind() {
        return OutputKind.ANY;
    }
}
