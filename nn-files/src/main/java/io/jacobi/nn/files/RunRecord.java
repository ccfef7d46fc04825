package io.jacobi.nn.files;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Where a training run stood when its checkpoint was written: all that the trainer knew beside weights, moments and history, which are
 * tensors.
 *
 * @param settings what must be the same for the run to go on
 * @param steps optimizer steps made by the trainer
 * @param optimizerSteps those that the optimizer counts
 * @param epochs whole epochs made by the trainer, which decide the order of the next one's examples
 * @param rateFactor what the schedule's rates are multiplied with
 * @param batch how many batches of the current epoch are done; 0 between two epochs
 * @param stopped whether a callback has ended the run
 * @param epoch of the current epoch so far
 * @param values what callbacks and metrics remember
 * @param notes of whoever started the run
 */
public record RunRecord(
        List<Setting> settings,
        long steps,
        long optimizerSteps,
        long epochs,
        double rateFactor,
        int batch,
        boolean stopped,
        Sums epoch,
        List<Value> values,
        List<String> notes) {

    private static final String NAME = "the run";

    public RunRecord {
        if (steps < 0 || optimizerSteps < 0 || epochs < 0 || batch < 0) {
            throw new IllegalArgumentException("A run at step " + steps + " (" + optimizerSteps
                    + " of the optimizer), after " + epochs + " epochs and " + batch + " batches"
                    + "\n  expected no negative number");
        }
        settings = List.copyOf(settings);
        values = List.copyOf(values);
        notes = List.copyOf(notes);
    }

    /** Something that decides how a run goes on, as text. */
    public record Setting(String name, String value) {}

    /**
     * What the mean loss of an epoch is made of.
     *
     * @param loss the weighted sum of the batches' losses
     * @param weight the sum of their weights
     * @param examples seen
     * @param nanos spent
     */
    public record Sums(double loss, double weight, long examples, long nanos) {}

    /** A number that {@code owner}, a callback or a metric, keeps under this name. */
    public record Value(String owner, String name, double value) {}

    /** The JSON that {@link #parse} reads. */
    public String toJson() throws ModelFormatException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            new RecordJson(RecordTypes.NONE).components(this).write(json);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ModelFormatException if the text is something else
     */
    public static RunRecord parse(String text) throws ModelFormatException {
        return (RunRecord) new RecordJson(RecordTypes.NONE).construct(RunRecord.class, JsonValue.parse(NAME, text));
    }

    /** Some lines for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("checkpoint of a run at step " + steps + ", " + epochs
                + (epochs == 1 ? " epoch" : " epochs") + (batch == 0 ? "" : " and " + batch + " batches") + " done\n");
        settings.forEach(setting -> text.append("  " + setting.name() + ": " + setting.value() + "\n"));
        values.forEach(value ->
                text.append(String.format(Locale.ROOT, "  %s: %s %s%n", value.owner(), value.name(), value.value())));
        notes.forEach(note -> text.append("  note: " + note + "\n"));
        return text.toString();
    }
}
