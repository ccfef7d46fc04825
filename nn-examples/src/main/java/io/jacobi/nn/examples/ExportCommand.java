package io.jacobi.nn.examples;

import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.onnx.OnnxExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a model file into an ONNX file. */
@Command(
        name = "export",
        description = "Write a stored model as ONNX, for ONNX Runtime and others to predict with.",
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model that Jacobi stored: see mnist --save.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "The ONNX file to write.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Sequential loaded = ModelFile.load(model).model();
        OnnxExport.of(loaded).save(file);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "stored in %s: %s of %s, any number of examples %s to %s%n",
                file, OnnxExport.INPUT, loaded.dataType(), loaded.inputShape(), loaded.outputShape());
        out.flush();
        return 0;
    }
}
