package io.jacobi.nn;

import io.jacobi.nn.init.Initializer;

/**
 * One parameter of a model, and where it lies in the model's flat weight vector: elements {@code offset} to {@code offset +
 * shape.size()}, in 'c' order.
 *
 * @param layer the index of the layer, from 0
 * @param name the layer's own name for it, such as {@code weight}
 */
public record Parameter(int layer, String name, Shape shape, long offset, Initializer initializer) {

    /** {@code 0.weight}: the name under which it is stored, the one that a PyTorch state_dict uses. */
    public String path() {
        return layer + "." + name;
    }

    /** The first element after this parameter. */
    public long end() {
        return offset + shape.size();
    }
}
