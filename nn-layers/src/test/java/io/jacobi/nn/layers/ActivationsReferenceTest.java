package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.check.GradientCheck;
import org.junit.jupiter.api.Test;

/** Activations, Reshape, Slice, Dropout and Embedding give PyTorch's numbers. */
class ActivationsReferenceTest {

    private final Reference torch = Reference.load("activations");

    @Test
    void agreesWithPyTorch() {
        everywhere("leaky_relu", new LeakyRelu());
        everywhere("leaky_relu_steep", new LeakyRelu(0.3));
        everywhere("hard_tanh", new HardTanh());
        everywhere("hard_tanh_six", new HardTanh(0, 6));
        everywhere("elu", new Elu());
        everywhere("elu_half", new Elu(0.5));
        everywhere("selu", new Selu());
        everywhere("gelu", new Gelu());
        everywhere("gelu_tanh", Gelu.tanh());
        everywhere("silu", new Silu());
        everywhere("softplus", new Softplus());
        everywhere("softplus_beta", new Softplus(2.5));
        torch.compare("softmax", new Softmax());
        torch.compare("softmax_spread", new Softmax());
        torch.compare("log_softmax", new LogSoftmax());
        torch.compare("log_softmax_spread", new LogSoftmax());
        torch.compare("reshape", new Reshape(5, 2));
        torch.compare("slice", new Slice(1, 2));
        torch.compare("dropout", GradientCheck.of(new Dropout(0.3)).seed(1));
        torch.compare("embedding", GradientCheck.of(new Embedding(7, 3)).parametersOnly());
        torch.assertAllUsed();
    }

    /** Compares at ordinary inputs, at and next to kinks, and where the activation saturates. */
    private void everywhere(String name, Layer layer) {
        torch.compare(name, layer);
        torch.compare(name + "_edges", layer);
        torch.compare(name + "_far", layer);
    }
}
