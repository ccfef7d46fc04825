package io.jacobi.nn;

import java.util.List;

/**
 * Records what a layer needs, while a model is built: parameters, buffers, and layers inside it. Names are local to the
 * layer. Files and reports put the layer's path in front of them: {@code 0.weight}.
 */
public interface Declarations {

    /**
     * Declares a trained parameter. Its layout follows PyTorch: {@code weight [out, in]}, {@code bias [out]}. Weight
     * decay and penalties apply to it if its rank is 2 or more.
     */
    default void parameter(String name, Shape shape, Initializer initializer) {
        parameter(name, shape, initializer, Parameter.decaysByRank(shape));
    }

    /**
     * Declares a trained parameter whose rank does not say whether it decays, such as the scale of a normalization over
     * whole images.
     *
     * @param decays whether weight decay and penalties apply to it, if they do not apply to all parameters
     */
    void parameter(String name, Shape shape, Initializer initializer, boolean decays);

    /** Declares an array that is stored with the model but not trained, such as a running mean. */
    void state(String name, Shape shape, Initializer initializer);

    /** Declares a buffer {@code [batch, perExample...]}, which forward fills and backward reads. */
    void saved(String name, Shape perExample);

    /** Declares a buffer whose shape does not depend on the batch. It keeps its content until backward. */
    void buffer(String name, Shape shape);

    /**
     * Declares a layer inside this one. Its parameters are stored as {@code <path>.<name>.weight}, the key that PyTorch
     * uses for a module that is an attribute.
     *
     * @param input the shape of one input example of the branch
     * @param links the arrays that the branch shares with this layer; all others are buffers of the branch
     * @return the shape of one output example of the branch
     * @throws IllegalArgumentException if there are more than 40 layers around the layer
     * @throws ShapeException if the layer cannot take this input, or the shape of a shared array is not this layer's
     */
    Shape branch(String name, Layer layer, Shape input, Branch.Link... links);

    /**
     * Declares layers inside this one that run one after the other. Their parameters are stored as
     * {@code <path>.<name>.0.weight}, or {@code <path>.0.weight} if the name is empty, the keys that PyTorch uses for an
     * {@code nn.Sequential}.
     *
     * @param input the shape of one input example of the first layer
     * @param links the arrays that the branch shares with this layer; all others are buffers of the branch
     * @return the shape of one output example of the last layer
     * @throws IllegalArgumentException if there are more than 40 layers around each layer
     * @throws ShapeException if the layers do not fit each other, or the shape of a shared array is not this layer's
     */
    Shape branch(String name, List<? extends Layer> layers, Shape input, Branch.Link... links);
}
