package io.jacobi.nn.layers;

import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import org.junit.jupiter.api.Test;

/** The first layers, the first loss and the first optimizer give PyTorch's numbers. */
class FirstReferenceTest {

    @Test
    void agreesWithPyTorch() {
        Reference torch = Reference.load("first");

        torch.compare("affine", new Affine(3));
        torch.compare("affine_without_bias", new Affine(3).withoutBias());
        torch.compare("relu", new Relu());
        torch.compare("sigmoid", new Sigmoid());
        torch.compare("tanh", new Tanh());
        torch.compare("flatten", new Flatten());
        torch.compare("chain", Chain.of(new Affine(4), new Tanh(), new Affine(2)));
        torch.compare("softmax_cross_entropy", new SoftmaxCrossEntropy());
        torch.compare("softmax_cross_entropy_smoothed", new SoftmaxCrossEntropy(0.1));
        torch.compare("softmax_cross_entropy_rows", new SoftmaxCrossEntropy());
        torch.compare("softmax_cross_entropy_rows_smoothed", new SoftmaxCrossEntropy(0.2));
        torch.compare("sgd", new Sgd(0.1));
        torch.compare("sgd_momentum", new Sgd(0.1).withMomentum(0.9));
        torch.compare("sgd_nesterov", new Sgd(0.1).withNesterov(0.9));
        torch.compare("cosine", new Sgd(Schedule.cosine(0.5, 20), 0, false));
        torch.compare("residual", Residual.of(new Affine(4), new Tanh(), new Affine(5)));
        torch.compare("concat", Concat.of(new Affine(2), Chain.of(new Affine(3), new Tanh())));
        torch.compare("concat_of_images", Concat.of(new Conv2d(3, 3).withPadding(1), new Silu(), new Conv2d(1, 1)));
        torch.assertAllUsed();
    }
}
