package io.jacobi.nn.metric;

import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;

/** What outputs mean to a model that learns by a loss. */
enum Learns {
    /** Logits or log-probabilities of classes, of which one is right. */
    CLASSES,
    /** A logit for each yes or no. */
    YES_OR_NO,
    /** The numbers of the targets themselves. */
    NUMBERS,
    /** A loss that Jacobi does not know. */
    ANYTHING;

    static Learns by(Loss loss) {
        if (loss instanceof SoftmaxCrossEntropy
                || loss instanceof NegativeLogLikelihood
                || loss instanceof KullbackLeibler) {
            return CLASSES;
        }
        if (loss instanceof BinaryCrossEntropy) {
            return YES_OR_NO;
        }
        boolean numbers =
                loss instanceof MeanSquaredError || loss instanceof MeanAbsoluteError || loss instanceof Huber;
        return numbers ? NUMBERS : ANYTHING;
    }
}
