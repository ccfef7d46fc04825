package io.jacobi.nn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.jacobi.nn.tabular.CsvTable;
import io.jacobi.nn.tabular.Schema;
import io.jacobi.nn.tabular.TabularModel;
import io.jacobi.nn.tabular.TabularRun;
import io.jacobi.nn.tabular.TabularTraining;
import io.jacobi.nn.tabular.TrainingHook;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates a large table, trains with it, and predicts all of its rows. */
@Command(
        name = "table",
        description = "Measure training and prediction of a large generated CSV file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TableCommand implements Callable<Integer> {

    @Option(names = "--rows", description = "Rows of the table. Default: ${DEFAULT-VALUE}.")
    private int rows = 1_000_000;

    @Option(names = "--file", description = "The file, which is generated unless it exists. Default: a temporary file.")
    private Path file = Path.of("");

    @Option(names = "--epochs", description = "Epochs. Default: what the training chooses.")
    private int epochs;

    @Option(names = "--memory", description = "Bytes of memory for the encoded rows. Default: ${DEFAULT-VALUE}.")
    private long memory = TabularTraining.DEFAULTS.memory();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!file.toString().isEmpty()) {
            measure(file);
            return 0;
        }
        Path temporary = Files.createTempFile("table", ".csv");
        try {
            Files.delete(temporary);
            measure(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return 0;
    }

    private void measure(Path csv) throws IOException {
        if (!Files.exists(csv)) {
            new GeneratedTable(1).write(csv, rows);
        }
        say("%s: %,d rows, %.0f MB%n", csv.getFileName(), rows, Files.size(csv) / 1e6);
        CsvTable table = CsvTable.of(csv);
        TabularTraining training = TabularTraining.DEFAULTS.withMemory(memory);
        Clock clock = new Clock();
        try (TabularModel model =
                (epochs > 0 ? training.withEpochs(epochs) : training).fit(table, clock, GeneratedTable.TARGET)) {
            clock.lap("score of the validation rows");
            say("heap, largest use so far: %,d MB%n", largestHeap() / 1_000_000);
            say("%s%n", model.training().orElseThrow().metrics());
            long[] right = {0};
            int last = table.columns().size() - 1;
            model.predict(table, (cells, answer) -> right[0] += answer.label().equals(cells.get(last)) ? 1 : 0);
            clock.lap("prediction");
            say("accuracy of all rows: %.4f%n", (double) right[0] / rows);
            say("heap, largest use: %,d MB%n", largestHeap() / 1_000_000);
        }
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }

    private static long largestHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Says how long each part took; the time of processors does not count the programs that run beside it. */
    private final class Clock implements TrainingHook {

        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private long start = System.nanoTime();
        private long startProcessor = system.getProcessCpuTime();

        void lap(String part) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double processor = (system.getProcessCpuTime() - startProcessor) / 1e9;
            say("%-30s %6.1f s  %,10.0f rows/s  %6.1f s of processors%n", part, seconds, rows / seconds, processor);
            start = System.nanoTime();
            startProcessor = system.getProcessCpuTime();
        }

        @Override
        public Schema schema(Schema inferred) {
            lap("first pass: the schema");
            return inferred;
        }

        @Override
        public Fit plan(TabularRun run) {
            lap("second pass: the features");
            say("%s%n", run.network());
            return run.plan();
        }

        @Override
        public void done(History history) {
            lap(history.epochs().size() + " epochs");
            say("%s%n", history);
        }
    }
}
