package io.jacobi.nn.onnx;

import io.jacobi.nn.Layer;

/**
 * Exports the prediction of a layer as nodes of an ONNX graph.
 *
 * <pre>{@code
 * LayerExporter<Scale> scale = (layer, g) -> g.apply("Mul", g.x(), g.constant(layer.factor()));
 * }</pre>
 */
@FunctionalInterface
public interface LayerExporter<L extends Layer> {

    /**
     * Adds the nodes that compute y from {@link LayerGraph#x}.
     *
     * @return y, {@code [batch, output shape...]}; x itself if the layer does nothing in prediction
     */
    Value export(L layer, LayerGraph g);
}
