package io.jacobi.nn.examples;

import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.tabular.JsonLinesTable;
import io.jacobi.nn.tabular.Table;
import io.jacobi.nn.tabular.TabularModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers for the rows of a table. */
@Command(
        name = "predict",
        description = {
            "Answer for each row of a table with a stored model: the label and the probability of each class, or numbers in"
                    + " the target's unit.",
            "Rows are read and answers are written as a stream, so a table may be larger than memory. A file is written"
                    + " completely or not at all."
        },
        sortOptions = false)
final class PredictCommand implements Callable<Integer> {

    private static final int ROWS_BETWEEN_CHECKS = 256;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model of a table, stored by train.")
    private Path model = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description =
                    "A table as CSV or JSON lines; - for the standard input. It need not have the target's column.")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the answers to this file (default: the standard output).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "The form of the answers: csv or jsonl (default: by the end of FILE's name, or that of the"
                    + " table).")
    private Optional<AnswerLines.Format> format = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "COL",
            description =
                    "Columns of the table, such as an id, to copy before the answers; the model need not know them.")
    private List<String> kept = List.of();

    @Mixin
    private CsvOptions csv = new CsvOptions();

    @Option(names = "--quiet", description = "Print nothing but the answers, warnings and errors.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Optional<AtomicFile> target =
                file.filter(path -> !path.equals(DataFiles.STANDARD)).isPresent()
                        ? Optional.of(AtomicFile.at(file.get()))
                        : Optional.empty();
        try (StoredModel stored = StoredModel.load(model);
                TabularModel tabular = stored.table()) {
            DataFiles.requireExists(data);
            Table table = DataFiles.table(data, csv.format(), System.in);
            if (target.isPresent()) {
                long[] rows = {0};
                target.get().write(out -> {
                    Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    rows[0] = write(tabular, table, lines, () -> false);
                    lines.flush();
                });
                report(rows[0], target.get());
            } else {
                PrintWriter out = spec.commandLine().getOut();
                write(tabular, table, out, out::checkError);
                out.flush();
            }
        }
        return 0;
    }

    private void report(long rows, AtomicFile written) {
        if (!quiet) {
            spec.commandLine().getOut().println(rows + (rows == 1 ? " answer" : " answers") + " in " + written);
            spec.commandLine().getOut().flush();
        }
    }

    /** Ends the reading of a table. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Enough() {
            super("the reader of the answers has gone", null, false, false);
        }
    }

    private long write(TabularModel tabular, Table table, Writer out, BooleanSupplier readerIsGone) throws IOException {
        List<String> names = new Names(table.columns()).of("--keep", kept);
        KeptColumns rows = new KeptColumns(table, names, tabular.encoding());
        boolean live = data.equals(DataFiles.STANDARD);
        AnswerLines.Format form = formatFor(table);
        Supplier<AnswerLines> start =
                () -> form.on(out, names, tabular.encoding().target());
        Answers answers = new Answers(start, rows, live ? 1 : ROWS_BETWEEN_CHECKS, readerIsGone);
        try {
            tabular.predict(rows, answers);
            answers.lines();
        } catch (Enough readerHasGone) {
            return answers.count;
        }
        return answers.count;
    }

    /** Writes answers one by one. Nothing is written, not even a header, before the first row has been answered. */
    private static final class Answers implements TabularModel.AnswerConsumer {

        private final Supplier<AnswerLines> start;
        private final KeptColumns rows;
        private final int between;
        private final BooleanSupplier readerIsGone;
        private @Nullable AnswerLines started;
        private long count;

        private Answers(Supplier<AnswerLines> start, KeptColumns rows, int between, BooleanSupplier readerIsGone) {
            this.start = start;
            this.rows = rows;
            this.between = between;
            this.readerIsGone = readerIsGone;
        }

        private AnswerLines lines() {
            if (started == null) {
                started = start.get();
            }
            return started;
        }

        @Override
        public void accept(List<? extends @Nullable Object> cells, Answer answer) throws IOException {
            lines().write(rows.kept(), answer);
            count++;
            // a program that sends rows one by one waits for each answer
            if (count % between == 0 && readerIsGone.getAsBoolean()) {
                throw new Enough();
            }
        }
    }

    private AnswerLines.Format formatFor(Table table) {
        if (format.isPresent()) {
            return format.get();
        }
        String name = file.map(path -> path.toString().toLowerCase(Locale.ROOT)).orElse("");
        if (name.endsWith(".csv")) {
            return AnswerLines.Format.CSV;
        }
        boolean json = name.endsWith(".jsonl") || name.endsWith(".ndjson") || table instanceof JsonLinesTable;
        return json ? AnswerLines.Format.JSONL : AnswerLines.Format.CSV;
    }
}
