package io.jacobi.nn.examples;

import io.jacobi.nn.files.Inspection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the contents of a model file, and fails if the file is damaged. */
@Command(
        name = "inspect",
        description =
                "Print the contents of a model file: the columns of its table, layers, tensors, origin, and whether the"
                        + " file is intact.",
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A model stored by Jacobi, or any other safetensors file.")
    private Path file = Path.of("");

    @Option(names = "--finite", description = "Fail also if a weight is NaN or infinite.")
    private boolean finite;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        Optional<JsonFile> results = output.json(spec);
        Inspection inspection = Inspection.of(file);
        PrintWriter out = output.text(spec);
        out.print(inspection);
        out.flush();
        if (results.isPresent()) {
            results.get().write(json -> InspectionJson.write(inspection, json));
        }
        boolean refused = finite && !inspection.nonFinite().isEmpty();
        return refused || inspection.integrity() == Inspection.Integrity.DAMAGED ? 1 : 0;
    }
}
