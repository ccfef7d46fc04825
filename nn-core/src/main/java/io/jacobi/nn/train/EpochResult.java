package io.jacobi.nn.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one epoch.
 *
 * @param epoch counted from 1
 * @param training mean loss and metrics over the epoch's batches, each computed before the batch's own step
 * @param validation loss and metrics on the validation set after the epoch, if there is one
 * @param seconds spent training, without validation and callbacks
 * @param examples the number of examples seen
 */
public record EpochResult(
        int epoch, Evaluation training, Optional<Evaluation> validation, double seconds, long examples) {

    /** The number of training examples per second. */
    public double samplesPerSecond() {
        return examples / seconds;
    }

    /** One line: {@code epoch 1  loss 0.2154  accuracy 0.9345  validation loss 0.1071 ...}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "epoch %d", epoch));
        append(line, "", training);
        validation.ifPresent(v -> append(line, "validation ", v));
        return line.append(String.format(Locale.ROOT, "  %,.0f samples/s", samplesPerSecond()))
                .toString();
    }

    private static void append(StringBuilder line, String prefix, Evaluation evaluation) {
        line.append(String.format(Locale.ROOT, "  %sloss %.4f", prefix, evaluation.loss()));
        for (Map.Entry<String, Double> metric : evaluation.metrics().entrySet()) {
            line.append(String.format(Locale.ROOT, "  %s%s %.4f", prefix, metric.getKey(), metric.getValue()));
        }
    }
}
