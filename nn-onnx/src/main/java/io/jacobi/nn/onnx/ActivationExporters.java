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
 * Exporters of activations. ONNX's operator is used where ONNX Runtime computes it with the digits of its result.
 * Otherwise the layer's equation is written out: ONNX Runtime's Sigmoid is 0 below -18, its Elu and Selu compute
 * eˣ − 1, which cancels for small x, and an attribute such as the α of an Elu is a float even in a double model.
 */
final class ActivationExporters {

    private ActivationExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(Relu.class, (relu, g) -> g.apply("Relu", g.x()))
                .with(Sigmoid.class, (sigmoid, g) -> timesSigmoid(g.constant(1), g.x(), g))
                .with(Tanh.class, (tanh, g) -> g.apply("Tanh", g.x()))
                .with(Silu.class, (silu, g) -> timesSigmoid(g.x(), g.x(), g))
                .with(HardTanh.class, ActivationExporters::hardTanh)
                .with(
                        Softmax.class,
                        (softmax, g) ->
                                g.node("Softmax", g.x()).with("axis", -1).value())
                .with(
                        LogSoftmax.class,
                        (softmax, g) ->
                                g.node("LogSoftmax", g.x()).with("axis", -1).value())
                .with(LeakyRelu.class, ActivationExporters::leakyRelu)
                .with(Elu.class, (elu, g) -> elu(elu.alpha(), g))
                .with(Selu.class, (selu, g) -> g.apply("Mul", g.constant(Selu.LAMBDA), elu(Selu.ALPHA, g)))
                .with(Softplus.class, ActivationExporters::softplus)
                .with(Gelu.class, (gelu, g) -> gelu.form() == Gelu.Form.EXACT ? exactGelu(g) : tanhGelu(g));
    }

    /** factor / (1 + e⁻ᵘ). */
    private static Value timesSigmoid(Value factor, Value u, LayerGraph g) {
        return g.apply("Div", factor, g.apply("Add", g.constant(1), g.apply("Exp", g.apply("Neg", u))));
    }

    private static Value hardTanh(HardTanh layer, LayerGraph g) {
        Value min = g.constant(layer.min());
        Value max = g.constant(layer.max());
        if (g.type() == DataType.FLOAT) {
            return g.apply("Clip", g.x(), min, max);
        }
        // ONNX Runtime replaces a Relu before a Clip by a Clip with a bound that is a float
        return g.apply("Min", g.apply("Max", g.x(), min), max);
    }

    private static Value leakyRelu(LeakyRelu layer, LayerGraph g) {
        if (g.type() == DataType.FLOAT) {
            return g.node("LeakyRelu", g.x()).withFloat("alpha", layer.slope()).value();
        }
        // max(x, 0) + slope · min(x, 0)
        return g.apply("Add", g.apply("Relu", g.x()), g.apply("Mul", g.constant(layer.slope()), negativePart(g)));
    }

    /** max(x, 0) + α (eⁿ − 1), where n = min(x, 0) and eⁿ − 1 = tanh(n/2) (eⁿ + 1), which does not cancel. */
    private static Value elu(double alpha, LayerGraph g) {
        Value n = negativePart(g);
        Value tanh = g.apply("Tanh", g.apply("Mul", g.constant(0.5), n));
        Value below = g.apply("Mul", tanh, g.apply("Add", g.apply("Exp", n), g.constant(1)));
        return g.apply("Add", g.apply("Relu", g.x()), g.apply("Mul", g.constant(alpha), below));
    }

    private static Value negativePart(LayerGraph g) {
        return g.apply("Min", g.x(), g.constant(0));
    }

    private static Value softplus(Softplus layer, LayerGraph g) {
        // max(x, 0) + log(1 + e^−|βx|) / β: the exponential is at most 1
        Value beta = g.constant(layer.beta());
        Value exponent = g.apply("Neg", g.apply("Abs", g.apply("Mul", beta, g.x())));
        Value log = g.type() == DataType.FLOAT ? g.apply("Softplus", exponent) : log1p(g.apply("Exp", exponent), g);
        return g.apply("Add", g.apply("Relu", g.x()), g.apply("Div", log, beta));
    }

    /** log(1 + u) = log w − ((w − 1) − u) / w, where w = 1 + u: the quotient returns what rounding took from u. */
    private static Value log1p(Value u, LayerGraph g) {
        Value w = g.apply("Add", g.constant(1), u);
        Value rounding = g.apply("Sub", g.apply("Sub", w, g.constant(1)), u);
        return g.apply("Sub", g.apply("Log", w), g.apply("Div", rounding, w));
    }

    /** x/2 (1 + erf(x / √2)): the operator Gelu needs opset 20. */
    private static Value exactGelu(LayerGraph g) {
        Value erf = g.apply("Erf", g.apply("Mul", g.x(), g.constant(Math.sqrt(0.5))));
        return g.apply("Mul", g.apply("Mul", g.constant(0.5), g.x()), g.apply("Add", g.constant(1), erf));
    }

    /** x σ(2u) = x/2 (1 + tanh u), where u = √(2/π) (x + 0.044715 x³): 1 + tanh u cancels below 0. */
    private static Value tanhGelu(LayerGraph g) {
        Value square = g.apply("Mul", g.x(), g.x());
        Value factor = g.apply("Add", g.constant(1), g.apply("Mul", g.constant(Gelu.CUBIC), square));
        Value x = g.apply("Mul", g.constant(2 * Math.sqrt(2 / Math.PI)), g.x());
        return timesSigmoid(g.x(), g.apply("Mul", x, factor), g);
    }
}
