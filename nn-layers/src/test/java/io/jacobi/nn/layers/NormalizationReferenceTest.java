package io.jacobi.nn.layers;

import org.junit.jupiter.api.Test;

/** BatchNorm and LayerNorm give PyTorch's numbers, including running statistics and predictions. */
class NormalizationReferenceTest {

    @Test
    void agreesWithPyTorch() {
        Reference torch = Reference.load("normalization");

        torch.compare("batch_norm_features", new BatchNorm());
        torch.compare("batch_norm_images", new BatchNorm());
        torch.compare("batch_norm_one_image", new BatchNorm());
        torch.compare("batch_norm_other", new BatchNorm(0.3, 0.1));
        torch.compare("batch_norm_sequence", new BatchNorm());
        torch.compare("layer_norm", new LayerNorm());
        torch.compare("layer_norm_last", new LayerNorm());
        torch.compare("layer_norm_whole", new LayerNorm().overWholeExample());
        torch.compare("layer_norm_other", new LayerNorm(false, 0.1));
        torch.assertAllUsed();
    }
}
