package io.jacobi.nn;

/**
 * One parameter or state of a model, and where it lies in the model's flat vector: elements {@code offset} to {@code offset +
 * shape.size()}, in 'c' order.
 *
 * @param path the layer's position and its own name for it, such as {@code 0.weight}; inside a layer of layers {@code 2.0.weight}.
 *     It is stored under this name, the one that a PyTorch state_dict uses.
 * @param decays whether weight decay and penalties mean it, unless they mean all
 */
public record Parameter(String path, Shape shape, long offset, Initializer initializer, boolean decays) {

    /** As a layer declares it that says nothing of decay: rank 2 and up decays. */
    public Parameter(String path, Shape shape, long offset, Initializer initializer) {
        this(path, shape, offset, initializer, decaysByRank(shape));
    }

    /**
     * What has rank 2 and up are weights that multiply inputs, and shrinking them makes the model smoother. Biases, and most scales and
     * shifts of normalization, have rank 1.
     */
    static boolean decaysByRank(Shape shape) {
        return shape.rank() >= 2;
    }

    /** The layer's own name for it, such as {@code weight}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The first element after it. */
    public long end() {
        return offset + shape.size();
    }
}
