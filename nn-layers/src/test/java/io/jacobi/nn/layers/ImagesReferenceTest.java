package io.jacobi.nn.layers;

import org.junit.jupiter.api.Test;

/** Convolution and pooling give PyTorch's numbers. */
class ImagesReferenceTest {

    @Test
    void agreesWithPyTorch() {
        Reference torch = Reference.load("images");

        torch.compare("conv", new Conv2d(3, 3));
        torch.compare("conv_same", new Conv2d(3, 3).withPadding(1));
        torch.compare("conv_one_channel", new Conv2d(2, 3).withPadding(1));
        torch.compare("conv_without_bias", new Conv2d(2, 2).withoutBias());
        torch.compare("conv_stride", new Conv2d(3, 3).withStride(2).withPadding(1));
        torch.compare(
                "conv_uneven",
                new Conv2d(2, 3, 2).withStride(2, 1).withPadding(0, 2).withDilation(1, 2));
        torch.compare("conv_dilation", new Conv2d(2, 3).withPadding(2).withDilation(2));
        torch.compare("conv_pointwise", new Conv2d(5, 1));
        torch.compare("conv_groups", new Conv2d(6, 3).withPadding(1).withGroups(2));
        torch.compare("conv_depthwise", new Conv2d(4, 3).withPadding(1).withGroups(4));
        torch.compare("conv_pointwise_groups", new Conv2d(6, 1).withGroups(2));
        torch.compare("max_pool", new MaxPool2d(2));
        torch.compare("max_pool_ties", new MaxPool2d(2));
        torch.compare(
                "max_pool_overlapping_ties", new MaxPool2d(3).withStride(2).withPadding(1));
        torch.compare("max_pool_uneven", new MaxPool2d(3, 2, 1, 2, 1, 0));
        torch.compare("avg_pool", new AvgPool2d(2));
        torch.compare("avg_pool_padded", new AvgPool2d(3).withStride(2).withPadding(1));
        torch.compare("avg_pool_uneven", new AvgPool2d(2, 3, 1, 2, 1, 0));
        torch.compare("global_avg_pool", new GlobalAvgPool2d());
        torch.assertAllUsed();
    }
}
