package io.jacobi.nn.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one epoch brought.
 *
 * @param epoch counted from 1
 * @param training mean loss and metrics over the epoch's batches, each taken before its own step, as the weights moved on
 * @param validation on the validation set after the epoch, if there is one
 * @param seconds of training, without validation and callbacks
 * @param examples seen
 */
public record EpochResult(
        int epoch, Evaluation training, Optional<Evaluation> validation, double seconds, long examples) {

    /** Training examples a second, the field's samples/s. */
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
