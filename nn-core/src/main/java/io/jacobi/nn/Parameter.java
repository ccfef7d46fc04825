package io.jacobi.nn;

import java.util.List;
import java.util.Optional;

/**
 * One parameter or state of a model and its position in the model's flat vector: elements {@code offset} to
 * {@code offset + shape.size()}, in 'c' order.
 *
 * @param path the layer's position and its own name for it, such as {@code 0.weight}; inside a layer of layers
 *     {@code 2.0.weight}. Files use this path, and so does a PyTorch state_dict.
 * @param decays whether weight decay and penalties apply to it, if they do not apply to all parameters
 */
public record Parameter(String path, Shape shape, long offset, Initializer initializer, boolean decays) {

    /** A parameter that decays if its rank is 2 or more. */
    public Parameter(String path, Shape shape, long offset, Initializer initializer) {
        this(path, shape, offset, initializer, decaysByRank(shape));
    }

    /**
     * Parameters of rank 2 or more are weights that multiply inputs, and smaller ones make the model smoother. Biases,
     * and most scales and shifts of normalizations, have rank 1.
     */
    static boolean decaysByRank(Shape shape) {
        return shape.rank() >= 2;
    }

    /** The layer's own name for it, such as {@code weight}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The parameter among these that holds the element at a position of the flat vector, if one does. */
    public static Optional<Parameter> holding(long position, List<Parameter> parameters) {
        return parameters.stream()
                .filter(p -> p.offset <= position && position < p.end())
                .findFirst();
    }

    /** The index of the first element after it. */
    public long end() {
        return offset + shape.size();
    }
}
