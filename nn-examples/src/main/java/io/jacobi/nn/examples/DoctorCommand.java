package io.jacobi.nn.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Describes this machine as Jacobi sees it, and says what to change. */
@Command(
        name = "doctor",
        description =
                "Print versions, processors, limits of memory and measured speed of this machine, and what to change.",
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        Optional<JsonFile> results = output.json(spec);
        PrintWriter out = output.text(spec);
        Machine machine = Machine.examine();
        machine.facts().forEach((name, fact) -> out.printf(Locale.ROOT, "%-18s %s%n", name, fact.text()));
        out.println();
        out.println(machine.advice().isEmpty() ? "nothing to change" : "what to change");
        machine.advice().forEach(advice -> out.println("  - " + advice));
        out.flush();
        if (results.isPresent()) {
            results.get().write(json -> {
                machine.facts().forEach((name, fact) -> {
                    String key = MetricNames.camelCase(name);
                    double number = fact.number().orElse(Double.NaN);
                    if (number == Math.rint(number)) {
                        json.writeNumberProperty(key, (long) number);
                    } else if (fact.number().isPresent()) {
                        json.writeNumberProperty(key, number);
                    } else {
                        json.writeStringProperty(key, fact.text());
                    }
                });
                json.writeArrayPropertyStart("advice");
                machine.advice().forEach(json::writeString);
                json.writeEndArray();
            });
        }
        return machine.works() ? 0 : 1;
    }
}
