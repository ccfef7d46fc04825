package io.jacobi.nn.onnx;

import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.HardTanh;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.LogSoftmax;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Exporters of activations. An operator with a numeric attribute is used for float models only, because attributes are
 * floats and ONNX Runtime implements such operators for floats only. For double models the layer's equation is written
 * out.
 */
final class ActivationExporters {

    private ActivationExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(Relu.class, (relu, g) -> g.apply("Relu", g.x()))
                .with(Sigmoid.class, (sigmoid, g) -> g.apply("Sigmoid", g.x()))
                .with(Tanh.class, (tanh, g) -> g.apply("Tanh", g.x()))
                .with(Silu.class, (silu, g) -> silu(g))
                .with(
                        HardTanh.class,
                        (layer, g) -> g.apply("Clip", g.x(), g.constant(layer.min()), g.constant(layer.max())))
                .with(
                        Softmax.class,
                        (softmax, g) ->
                                g.node("Softmax", g.x()).with("axis", -1).value())
                .with(
                        LogSoftmax.class,
                        (softmax, g) ->
                                g.node("LogSoftmax", g.x()).with("axis", -1).value())
                .with(LeakyRelu.class, ActivationExporters::leakyRelu)
                .with(Elu.class, ActivationExporters::elu)
                .with(Selu.class, ActivationExporters::selu)
                .with(Softplus.class, ActivationExporters::softplus)
                .with(Gelu.class, (gelu, g) -> gelu.form() == Gelu.Form.EXACT ? exactGelu(g) : tanhGelu(g));
    }

    private static Value silu(LayerGraph g) {
        if (g.type() == DataType.FLOAT) {
            return g.apply("Mul", g.x(), g.apply("Sigmoid", g.x()));
        }
        // x / (1 + e⁻ˣ): ONNX Runtime fuses the product into one operator, which it does not implement for doubles
        return g.apply("Div", g.x(), g.apply("Add", g.constant(1), g.apply("Exp", g.apply("Neg", g.x()))));
    }

    private static Value leakyRelu(LeakyRelu layer, LayerGraph g) {
        if (g.type() == DataType.FLOAT) {
            return g.node("LeakyRelu", g.x()).withFloat("alpha", layer.slope()).value();
        }
        // max(x, 0) + slope · min(x, 0)
        return g.apply("Add", g.apply("Relu", g.x()), g.apply("Mul", g.constant(layer.slope()), negativePart(g)));
    }

    private static Value elu(Elu layer, LayerGraph g) {
        return g.type() == DataType.FLOAT
                ? g.node("Elu", g.x()).withFloat("alpha", layer.alpha()).value()
                : elu(layer.alpha(), g);
    }

    private static Value selu(Selu layer, LayerGraph g) {
        if (g.type() == DataType.FLOAT) {
            return g.node("Selu", g.x())
                    .withFloat("alpha", Selu.ALPHA)
                    .withFloat("gamma", Selu.LAMBDA)
                    .value();
        }
        return g.apply("Mul", g.constant(Selu.LAMBDA), elu(Selu.ALPHA, g));
    }

    /** max(x, 0) + α (e^min(x, 0) − 1). */
    private static Value elu(double alpha, LayerGraph g) {
        Value below = g.apply("Sub", g.apply("Exp", negativePart(g)), g.constant(1));
        return g.apply("Add", g.apply("Relu", g.x()), g.apply("Mul", g.constant(alpha), below));
    }

    private static Value negativePart(LayerGraph g) {
        return g.apply("Min", g.x(), g.constant(0));
    }

    private static Value softplus(Softplus layer, LayerGraph g) {
        if (g.type() == DataType.FLOAT && layer.beta() == 1) {
            return g.apply("Softplus", g.x());
        }
        // max(x, 0) + log(1 + e^−|βx|) / β: the exponential is at most 1
        Value beta = g.constant(layer.beta());
        Value decay = g.apply("Exp", g.apply("Neg", g.apply("Abs", g.apply("Mul", beta, g.x()))));
        Value log = g.apply("Log", g.apply("Add", g.constant(1), decay));
        return g.apply("Add", g.apply("Relu", g.x()), g.apply("Div", log, beta));
    }

    /** x/2 (1 + erf(x / √2)): the operator Gelu needs opset 20. */
    private static Value exactGelu(LayerGraph g) {
        return halfOfX(g, g.apply("Erf", g.apply("Mul", g.x(), g.constant(Math.sqrt(0.5)))));
    }

    /** x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))). */
    private static Value tanhGelu(LayerGraph g) {
        Value cube = g.apply("Mul", g.x(), g.apply("Mul", g.x(), g.x()));
        Value sum = g.apply("Add", g.x(), g.apply("Mul", g.constant(Gelu.CUBIC), cube));
        return halfOfX(g, g.apply("Tanh", g.apply("Mul", g.constant(Math.sqrt(2 / Math.PI)), sum)));
    }

    /** x/2 (1 + s). */
    private static Value halfOfX(LayerGraph g, Value s) {
        return g.apply("Mul", g.apply("Mul", g.constant(0.5), g.x()), g.apply("Add", g.constant(1), s));
    }
}
