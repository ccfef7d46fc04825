package io.jacobi.nn.train;

import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong in a run without ending it: logged, and kept for {@link History#warnings}. */
final class Warnings {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final List<String> messages = new ArrayList<>();
    private final Set<String> notFinite = new HashSet<>();

    List<String> messages() {
        return messages;
    }

    void add(String message) {
        LOG.warn("{}", message);
        messages.add(message);
    }

    /** Looks for results that are NaN or infinite, and says each one the first time. */
    void look(EpochResult result) {
        look(result.epoch(), "training", result.training());
        result.validation().ifPresent(validation -> look(result.epoch(), "validation", validation));
    }

    private void look(int epoch, String where, Evaluation evaluation) {
        look(epoch, where + " loss", evaluation.loss());
        for (Map.Entry<String, Double> metric : evaluation.metrics().entrySet()) {
            look(epoch, where + " " + metric.getKey(), metric.getValue());
        }
    }

    private void look(int epoch, String name, double value) {
        if (!Double.isFinite(value) && notFinite.add(name)) {
            add(
                    "The " + name + " of epoch " + epoch + " is " + value
                            + ": an epoch with such a value is never the best one"
                            + "\n  expected a finite number"
                            + "\n  fix: look for NaN and infinity in the data set; a loss of whole sets is NaN if one example's is");
        }
    }

    /** Whether a file of this model may be written; says why if not. */
    boolean mayStore(Sequential model, int epoch) {
        Optional<String> notFinite = NonFinite.in(model);
        notFinite.ifPresent(where -> add("No checkpoint is written in epoch " + epoch + ": " + where
                + "\n  expected finite weights and states; the earlier checkpoints are kept"
                + "\n  fix: resume from the last of them with a lower learning rate"));
        return notFinite.isEmpty();
    }
}
