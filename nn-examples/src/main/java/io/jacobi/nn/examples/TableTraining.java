package io.jacobi.nn.examples;

import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.tabular.Schema;
import io.jacobi.nn.tabular.Table;
import io.jacobi.nn.tabular.TabularEvaluation;
import io.jacobi.nn.tabular.TabularModel;
import io.jacobi.nn.tabular.TabularRun;
import io.jacobi.nn.tabular.TabularTraining;
import io.jacobi.nn.tabular.TrainingHook;
import io.jacobi.nn.train.EarlyStopping;
import io.jacobi.nn.train.EpochResult;
import io.jacobi.nn.train.Evaluation;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trains a model of a table. */
record TableTraining(Table table, List<String> targets, ColumnOptions columns, double validation, MemorySize memory)
        implements TrainingData {

    @Override
    public String description() {
        return "table " + table;
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public Trained train(TrainingSession session) throws IOException {
        RunOptions run = session.options().run();
        TabularTraining training = TabularTraining.DEFAULTS
                .withDropout(run.dropout())
                .withValidation(validation)
                .withSeed(run.seed())
                .withMemory(memory.bytes());
        training = run.hidden().isEmpty()
                ? training
                : training.withHidden(run.hidden().toArray(Integer[]::new));
        training = run.epochs().map(training::withEpochs).orElse(training);
        training = run.batch().map(training::withBatchSize).orElse(training);
        training = run.rate().map(training::withRate).orElse(training);
        training = run.threads().map(training::withThreads).orElse(training);
        Hook hook = new Hook(session);
        // a checkpoint cannot hold the weights that early stopping keeps in memory
        training = session.isStored() ? training.withoutEarlyStopping() : training;
        TabularModel model = training.fit(table, hook, targets.toArray(String[]::new));
        return hook.trained(model.file());
    }

    private final class Hook implements TrainingHook {

        private final TrainingSession session;
        private TrainingSession.@Nullable Start start;
        private @Nullable Trained trained;

        private Hook(TrainingSession session) {
            this.session = session;
        }

        @Override
        public Schema schema(Schema inferred) {
            Schema schema = columns.applyTo(inferred);
            session.out().print(schema);
            session.out().flush();
            return schema;
        }

        @Override
        public Fit plan(TabularRun run) {
            requireSameTable(run);
            Fit plan = session.isStored() && run.plan().validation().isPresent()
                    ? run.plan().callbacks(new EarlyStopping(run.patience()))
                    : run.plan();
            start = new TrainingSession.Start(
                    run.network(),
                    run.trainer(),
                    run.optimizer(),
                    run.rows(),
                    plan,
                    "validation",
                    "loss",
                    List.of(),
                    Optional.of(run.encoding()));
            return session.begin(start);
        }

        /** A checkpoint's weights mean nothing with other columns or another scaling. */
        private void requireSameTable(TabularRun run) {
            session.past().ifPresent(found -> {
                if (!found.file().model().table().equals(Optional.of(run.encoding()))) {
                    throw new IllegalArgumentException(table.name() + " is not the table of the run in " + found.path()
                            + ": its columns are encoded in another way"
                            + "\n  expected the rows that the run began with"
                            + "\n  fix: restore the file, or start a new run");
                }
            });
        }

        @Override
        public void done(History history) {
            TrainingSession.Start run = Objects.requireNonNull(start);
            Optional<Dataset> heldOut = run.plan().validation();
            if (session.isStored() && heldOut.isPresent()) {
                restoreBest(run);
            }
            Report report = heldOut.isPresent()
                    ? TabularEvaluation.of(run.network(), run.table().orElseThrow(), heldOut.get())
                    : new Report(0, history.last().training().metrics(), Optional.empty());
            trained = new Trained(
                    ModelFile.of(run.network()),
                    history,
                    heldOut.isPresent() ? "validation" : "training",
                    report,
                    lowestLoss(history),
                    run.plan().batchSize(),
                    run.threads());
        }

        private void restoreBest(TrainingSession.Start run) {
            try {
                ModelFile.loadWeights(
                        run.network(),
                        session.checkpoints().target().orElseThrow().resolve("best.safetensors"));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        private static double lowestLoss(History history) {
            return history.epochs().stream()
                    .map(EpochResult::validation)
                    .flatMap(Optional::stream)
                    .mapToDouble(Evaluation::loss)
                    .filter(Double::isFinite)
                    .min()
                    .orElse(history.last().training().loss());
        }

        private Trained trained(ModelFile file) {
            return Objects.requireNonNull(trained).with(file);
        }
    }
}
