package io.jacobi.nn.loss;

import io.jacobi.nn.layers.Reference;
import org.junit.jupiter.api.Test;

/** Losses and their weights give PyTorch's numbers. */
class LossesReferenceTest {

    private static final double[] CLASS_WEIGHTS = {1, 2, 0.5, 0.1};

    private final Reference torch = Reference.load("losses");

    @Test
    void agreesWithPyTorch() {
        torch.compare("mean_squared_error", new MeanSquaredError());
        torch.compare("mean_squared_error_images", new MeanSquaredError());
        torch.compare("mean_squared_error_weighted", new MeanSquaredError());
        torch.compare("mean_absolute_error", new MeanAbsoluteError());
        torch.compare("mean_absolute_error_at_kink", new MeanAbsoluteError());
        torch.compare("mean_absolute_error_weighted", new MeanAbsoluteError());
        torch.compare("huber", new Huber());
        torch.compare("huber_narrow", new Huber(0.3));
        torch.compare("huber_wide_weighted", new Huber(2.5));
        torch.compare("binary_cross_entropy", new BinaryCrossEntropy());
        torch.compare("binary_cross_entropy_wide", new BinaryCrossEntropy());
        torch.compare("binary_cross_entropy_positive", new BinaryCrossEntropy(3.5));
        torch.compare("binary_cross_entropy_weighted", new BinaryCrossEntropy(0.4));
        torch.compare("kullback_leibler", new KullbackLeibler());
        torch.compare("kullback_leibler_zeros", new KullbackLeibler());
        torch.compare("kullback_leibler_weighted", new KullbackLeibler());
        NegativeLogLikelihood likelihood = new NegativeLogLikelihood();
        torch.compare("negative_log_likelihood", likelihood);
        torch.compare("negative_log_likelihood_classes", likelihood.withClassWeights(CLASS_WEIGHTS));
        torch.compare("negative_log_likelihood_weighted", likelihood);
        SoftmaxCrossEntropy weighted = new SoftmaxCrossEntropy().withClassWeights(CLASS_WEIGHTS);
        SoftmaxCrossEntropy smoothed = new SoftmaxCrossEntropy(0.2).withClassWeights(CLASS_WEIGHTS);
        torch.compare("softmax_cross_entropy_classes", weighted);
        torch.compare("softmax_cross_entropy_classes_smoothed", smoothed);
        torch.compare("softmax_cross_entropy_classes_rows", weighted);
        torch.compare("softmax_cross_entropy_classes_rows_smoothed", smoothed);
        torch.compare("softmax_cross_entropy_classes_weighted", weighted);
        torch.compare("softmax_cross_entropy_weighted", new SoftmaxCrossEntropy(0.1));
        torch.assertAllUsed();
    }
}
