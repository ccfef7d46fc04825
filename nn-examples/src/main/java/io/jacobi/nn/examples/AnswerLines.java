package io.jacobi.nn.examples;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.TargetEncoding;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes the answers of a model as the rows of a CSV file, or as JSON lines. */
interface AnswerLines {

    /**
     * Writes one answer.
     *
     * @param kept the cells that are copied from the row
     */
    void write(List<? extends @Nullable Object> kept, Answer answer) throws IOException;

    /** The forms of answers on the command line. */
    enum Format {
        CSV {
            @Override
            AnswerLines on(Writer out, List<String> kept, TargetEncoding target) {
                return new CsvLines(out, kept, target);
            }
        },
        JSONL {
            @Override
            AnswerLines on(Writer out, List<String> kept, TargetEncoding target) {
                return new JsonLines(out, kept);
            }
        };

        /** Starts to write, with the header if there is one. */
        abstract AnswerLines on(Writer out, List<String> kept, TargetEncoding target);
    }

    /**
     * The kept columns, then the target's column with the label and the probability of each class; or each label as 1 or
     * 0 and its probability; or the numbers.
     */
    final class CsvLines implements AnswerLines {

        private final CsvWriter csv;

        private CsvLines(Writer out, List<String> kept, TargetEncoding target) {
            // a buffer of its own would hide that a reader has gone
            this.csv = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .bufferSize(0)
                    .build(out);
            List<String> header = new ArrayList<>(kept);
            for (String column : target.columns()) {
                header.add(kept.contains(column) ? "predicted " + column : column);
            }
            if (target instanceof ClassTarget classes) {
                classes.classes().forEach(label -> header.add("p(" + label + ")"));
            } else if (target instanceof LabelsTarget labels) {
                labels.columns().forEach(label -> header.add("p(" + label + ")"));
            }
            csv.writeRecord(header);
        }

        @Override
        public void write(List<? extends @Nullable Object> kept, Answer answer) {
            List<String> cells = new ArrayList<>();
            kept.forEach(cell -> cells.add(cell == null ? "" : Cell.text(cell)));
            if (answer instanceof Answer.OfNumbers) {
                answer.numbers().values().forEach(number -> cells.add(number.toString()));
                csv.writeRecord(cells);
                return;
            }
            if (answer instanceof Answer.OfClass ofClass) {
                cells.add(ofClass.label());
            } else {
                List<String> yes = answer.labels();
                answer.probabilities().keySet().forEach(label -> cells.add(yes.contains(label) ? "1" : "0"));
            }
            answer.probabilities().values().forEach(p -> cells.add(p.toString()));
            csv.writeRecord(cells);
        }
    }

    /** An object for each answer, as a server of models answers: label and probabilities, or numbers. */
    final class JsonLines implements AnswerLines {

        private static final JsonFactory JSON = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build();

        private final Writer out;
        private final List<String> names;

        private JsonLines(Writer out, List<String> names) {
            this.out = out;
            this.names = names;
        }

        @Override
        public void write(List<? extends @Nullable Object> kept, Answer answer) throws IOException {
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                if (!names.isEmpty()) {
                    json.writeObjectPropertyStart("columns");
                    for (int i = 0; i < names.size(); i++) {
                        Object cell = kept.get(i);
                        json.writeStringProperty(names.get(i), cell == null ? null : Cell.text(cell));
                    }
                    json.writeEndObject();
                }
                if (answer instanceof Answer.OfNumbers) {
                    write(json, "numbers", answer.numbers());
                } else if (answer instanceof Answer.OfClass) {
                    json.writeStringProperty("label", answer.label());
                    write(json, "probabilities", answer.probabilities());
                } else {
                    json.writeArrayPropertyStart("labels");
                    answer.labels().forEach(json::writeString);
                    json.writeEndArray();
                    write(json, "probabilities", answer.probabilities());
                }
                json.writeEndObject();
            }
            out.write('\n');
        }

        private static void write(JsonGenerator json, String name, Map<String, Double> numbers) {
            json.writeObjectPropertyStart(name);
            numbers.forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
    }
}
