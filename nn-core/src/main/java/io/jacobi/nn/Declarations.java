package io.jacobi.nn;

import io.jacobi.nn.init.Initializer;

/**
 * What a layer asks for while it is built. Names are local to the layer; in files and reports they get the layer's index in
 * front: {@code 0.weight}.
 */
public interface Declarations {

    /** A trained parameter. Its layout follows PyTorch: {@code weight [out, in]}, {@code bias [out]}. */
    void parameter(String name, Shape shape, Initializer initializer);

    /** An array that is stored with the model but not trained, such as a running mean. */
    void state(String name, Shape shape, Initializer initializer);

    /** A buffer for each example that {@code forward} fills and {@code backward} reads: {@code [batch, perExample...]}. */
    void saved(String name, Shape perExample);
}
