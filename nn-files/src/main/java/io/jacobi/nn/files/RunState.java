package io.jacobi.nn.files;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * The state of a training run when its checkpoint was written, except the weights, moments and history, which are
 * tensors.
 *
 * @param settings the settings that must be the same when the run is resumed
 * @param steps the number of optimizer steps that the trainer has made
 * @param optimizerSteps the number of steps that the optimizer has counted
 * @param epochs the number of complete epochs that the trainer has made; it determines the order of the next epoch's
 *     examples
 * @param rateFactor the factor on the rates of the schedule
 * @param batch the number of completed batches of the current epoch; 0 between two epochs
 * @param stopped whether a callback has ended the run
 * @param epoch the sums of the current epoch
 * @param values the state of callbacks and metrics
 * @param notes texts of the program that started the run
 * @param environment the versions and the kernels that computed it, by name; empty in files of earlier versions
 */
public record RunState(
        List<Setting> settings,
        long steps,
        long optimizerSteps,
        long epochs,
        double rateFactor,
        int batch,
        boolean stopped,
        Sums epoch,
        List<Value> values,
        List<String> notes,
        List<Setting> environment) {

    private static final String NAME = "the run";
    private static final String ENVIRONMENT = "environment";
    /** The longest setting or note that is shown whole. */
    private static final int SHOWN = 1000;

    private static final RecordJson JSON = new RecordJson(new NoRecordTypes());

    public RunState {
        if (steps < 0 || optimizerSteps < 0 || epochs < 0 || batch < 0) {
            throw new IllegalArgumentException("A run at step " + steps + " (" + optimizerSteps
                    + " of the optimizer), after " + epochs + " epochs and " + batch + " batches"
                    + "\n  expected numbers that are not negative");
        }
        settings = List.copyOf(settings);
        values = List.copyOf(values);
        notes = List.copyOf(notes);
        environment = List.copyOf(environment);
    }

    /** The state of a run of which no environment is known. */
    public RunState(
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
        this(settings, steps, optimizerSteps, epochs, rateFactor, batch, stopped, epoch, values, notes, List.of());
    }

    /** Returns a copy with these versions and kernels. */
    public RunState withEnvironment(List<Setting> computedBy) {
        return new RunState(
                settings, steps, optimizerSteps, epochs, rateFactor, batch, stopped, epoch, values, notes, computedBy);
    }

    /** A setting on which the rest of the run depends, as text. */
    public record Setting(String name, String value) {}

    /**
     * The sums from which the mean loss of an epoch is computed.
     *
     * @param loss the weighted sum of the batches' losses
     * @param weight the sum of the batches' weights
     * @param examples the number of examples
     * @param nanos the time in nanoseconds
     */
    public record Sums(double loss, double weight, long examples, long nanos) {}

    /** A number in the state of {@code owner}, a callback or a metric. */
    public record Value(String owner, String name, double value) {}

    /** The record as JSON. */
    public String toJson() throws ModelFormatException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            Map<String, JsonValue> members = JSON.components(this).members();
            if (environment.isEmpty()) {
                members.remove(ENVIRONMENT);
            }
            JsonValue.of(NAME, members).write(json);
        }
        return text.toString();
    }

    /**
     * Reads the JSON that {@link #toJson} wrote.
     *
     * @throws ModelFormatException if the text is not such JSON
     */
    public static RunState parse(String text) throws ModelFormatException {
        Map<String, JsonValue> members = JsonValue.parse(NAME, text).members();
        members.putIfAbsent(ENVIRONMENT, JsonValue.of(ENVIRONMENT, List.of()));
        return (RunState) JSON.construct(RunState.class, JsonValue.of(NAME, members));
    }

    /** The record as people read it, in several lines. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("checkpoint of a run at step " + steps + ", " + epochs
                + (epochs == 1 ? " epoch" : " epochs") + (batch == 0 ? "" : " and " + batch + " batches") + " done\n");
        settings.forEach(setting -> append(text, setting.name(), FileText.show(setting.value(), SHOWN)));
        values.forEach(value -> append(text, value.owner(), FileText.show(value.name()) + " " + value.value()));
        environment.forEach(part -> append(text, "computed with " + part.name(), FileText.show(part.value(), SHOWN)));
        notes.forEach(note -> append(text, "note", FileText.show(note, SHOWN)));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append("  ").append(FileText.show(name)).append(": ").append(value).append('\n');
    }
}
