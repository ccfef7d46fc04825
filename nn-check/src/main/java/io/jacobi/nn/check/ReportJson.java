package io.jacobi.nn.check;

import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.TensorResult;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A report as JSON; {@link GradientReport#toJson} describes the format. */
final class ReportJson {

    private ReportJson() {}

    static String of(GradientReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("subject", report.subject());
            json.writeBooleanProperty("passed", report.passed());
            number(json, "worst", report.worst());
            json.writeArrayPropertyStart("findings");
            report.findings().forEach(finding -> write(json, finding));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("claim", finding.claim());
        json.writeNumberProperty("batch", finding.batch());
        json.writeBooleanProperty("holds", finding.holds());
        json.writeStringProperty("failure", finding.failure());
        json.writeStringProperty("note", finding.note());
        json.writeArrayPropertyStart("tensors");
        finding.tensors().forEach(tensor -> write(json, tensor));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TensorResult tensor) {
        json.writeStartObject();
        json.writeStringProperty("oracle", tensor.oracle().name());
        json.writeStringProperty("tensor", tensor.tensor());
        json.writeArrayPropertyStart("shape");
        for (long dim : tensor.shape().dims()) {
            json.writeNumber(dim);
        }
        json.writeEndArray();
        json.writeBooleanProperty("passes", tensor.passes());
        json.writeNumberProperty("coordinates", tensor.coordinates());
        json.writeNumberProperty("directions", tensor.directions());
        json.writeNumberProperty("skipped", tensor.skipped());
        number(json, "tolerance", tensor.tolerance());
        number(json, "absolute", tensor.absolute());
        number(json, "relative", tensor.worst().relative());
        json.writeStringProperty("where", tensor.where());
        number(json, "analytic", tensor.worst().analytic());
        number(json, "expected", tensor.worst().expected());
        number(json, "step", tensor.worst().step());
        json.writeStringProperty("verdict", tensor.verdict());
        json.writeEndObject();
    }

    /** JSON has neither NaN nor infinity, so that null stands for them. */
    private static void number(JsonGenerator json, String name, double value) {
        if (Double.isFinite(value)) {
            json.writeNumberProperty(name, value);
        } else {
            json.writeNullProperty(name);
        }
    }
}
