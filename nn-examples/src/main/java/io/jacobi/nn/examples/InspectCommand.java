package io.jacobi.nn.examples;

import io.jacobi.nn.files.Inspection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is in a model file, and fails if it is damaged. */
@Command(
        name = "inspect",
        description = "Print what is in a model file: layers, tensors, where it comes from, and whether it is intact.",
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A model that Jacobi stored, or any other safetensors file.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Inspection inspection = Inspection.of(file);
        PrintWriter out = spec.commandLine().getOut();
        out.print(inspection);
        out.flush();
        return inspection.integrity() == Inspection.Integrity.DAMAGED ? 1 : 0;
    }
}
