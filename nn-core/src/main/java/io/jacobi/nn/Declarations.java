package io.jacobi.nn;

import java.util.List;

/**
 * What a layer asks for while it is built: parameters, buffers, and layers inside it. Names are local to the layer. Files and reports
 * put the layer's path in front, {@code 0.weight}.
 */
public interface Declarations {

    /**
     * Declares a trained parameter. Its layout follows PyTorch: {@code weight [out, in]}, {@code bias [out]}. Weight decay and
     * penalties apply to it if its rank is 2 or more.
     */
    default void parameter(String name, Shape shape, Initializer initializer) {
        parameter(name, shape, initializer, Parameter.decaysByRank(shape));
    }

    /**
     * Declares a trained parameter whose rank does not say whether it decays, such as the scale of a normalization over whole images.
     *
     * @param decays whether weight decay and penalties apply to it, if they do not apply to all parameters
     */
    void parameter(String name, Shape shape, Initializer initializer, boolean decays);

    /** Declares an array that is stored with the model but not trained, such as a running mean. */
    void state(String name, Shape shape, Initializer initializer);

    /** Declares a buffer with a row for each example that forward fills and backward reads: {@code [batch, perExample...]}. */
    void saved(String name, Shape perExample);

    /** Declares a buffer of this shape, whatever the batch. Like a saved buffer, it lasts from forward to the backward that follows. */
    void buffer(String name, Shape shape);

    /**
     * Declares a layer inside this one. Its parameters are stored as {@code <path>.<name>.weight}, as PyTorch stores those of a module
     * that is an attribute.
     *
     * @param input the shape of one input example of the branch
     * @param links which arrays of the branch are this layer's own; all others are buffers of the branch
     * @return the shape of one output example of the branch
     * @throws ShapeException if the layer cannot take this input, or a linked array would have another shape than this layer's
     */
    Shape branch(String name, Layer layer, Shape input, Branch.Link... links);

    /**
     * Declares layers inside this one that run one after the other. Their parameters are stored as {@code <path>.<name>.0.weight}, or
     * {@code <path>.0.weight} if the name is empty, as PyTorch stores those of an {@code nn.Sequential}.
     *
     * @param input the shape of one input example of the first layer
     * @param links which arrays of the branch are this layer's own; all others are buffers of the branch
     * @return the shape of one output example of the last layer
     * @throws ShapeException if the layers do not fit each other, or a linked array would have another shape than this layer's
     */
    Shape branch(String name, List<? extends Layer> layers, Shape input, Branch.Link... links);
}
