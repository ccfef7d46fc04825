package io.jacobi.nn.examples;

import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.onnx.OnnxExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts a model file to an ONNX file. */
@Command(
        name = "export",
        description = "Convert a stored model to an ONNX file, for prediction with ONNX Runtime and others.",
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model stored by Jacobi; see mnist --save.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "The ONNX file to write.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Sequential loaded = ModelFile.load(model).model();
        OnnxExport.of(loaded).save(file);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "stored in %s: %s %s to %s %s per example, %s, batches of any size%n",
                file,
                OnnxExport.INPUT,
                loaded.inputShape(),
                OnnxExport.OUTPUT,
                loaded.outputShape(),
                loaded.dataType());
        out.flush();
        return 0;
    }
}
