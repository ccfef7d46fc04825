package io.jacobi.nn;

import java.util.List;

/**
 * What a layer asks for while it is built. Names are local to the layer; in files and reports they get the layer's index in
 * front: {@code 0.weight}.
 */
public interface Declarations {

    /**
     * A trained parameter. Its layout follows PyTorch: {@code weight [out, in]}, {@code bias [out]}. Weight decay and penalties mean it
     * if its rank is 2 or more.
     */
    default void parameter(String name, Shape shape, Initializer initializer) {
        parameter(name, shape, initializer, Parameter.decaysByRank(shape));
    }

    /**
     * The same for a parameter whose rank does not tell, such as the scale of a normalization over whole images.
     *
     * @param decays whether weight decay and penalties mean it, unless they mean all
     */
    void parameter(String name, Shape shape, Initializer initializer, boolean decays);

    /** An array that is stored with the model but not trained, such as a running mean. */
    void state(String name, Shape shape, Initializer initializer);

    /** A buffer for each example that {@code forward} fills and {@code backward} reads: {@code [batch, perExample...]}. */
    void saved(String name, Shape perExample);

    /** A buffer of this shape, whatever the batch. Like what is saved, it lasts from forward to the backward that follows. */
    void buffer(String name, Shape shape);

    /**
     * Layers inside this one, each taking what the one before gives. Their parameters are stored as {@code <path>.<name>.0.weight},
     * or {@code <path>.0.weight} if the name is empty, as PyTorch does for a nested module.
     *
     * @param input the shape of this layer's input
     * @return what the last of them gives
     * @throws ShapeException if they do not fit each other
     */
    Shape children(String name, List<? extends Layer> layers, Shape input);
}
