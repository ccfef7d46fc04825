package io.jacobi.nn.tabular;

import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TargetEncoding;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.metric.F1;
import io.jacobi.nn.metric.Outputs;
import io.jacobi.nn.metric.R2;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.AdamW;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.train.Accuracy;
import io.jacobi.nn.train.BinaryAccuracy;
import io.jacobi.nn.train.EarlyStopping;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Metric;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Trains a model of a table whose columns are known: encodes the rows, which is the second pass, and runs the trainer. */
final class TabularFit {

    private final TabularTraining settings;
    private final Table table;
    private final TableEncoding encoding;
    private final EncodedRows training;
    private final EncodedRows validation;

    TabularFit(TabularTraining settings, TableProfile profile, Schema schema, ValidationSplit split)
            throws IOException {
        this.settings = settings;
        this.table = profile.table();
        this.encoding = new EncodingFit(profile).fit(schema);
        MemoryLimit memory = new MemoryLimit(settings.memory());
        this.training = new EncodedRows(encoding, table.columns(), memory);
        this.validation = new EncodedRows(encoding, table.columns(), memory);
        ValidationSplit.Pass pass = split.pass();
        int stratum = profile.stratum();
        table.forEach((index, cells) ->
                (pass.isValidation(TableProfile.stratum(cells, stratum)) ? validation : training).add(cells));
    }

    TabularModel run(TrainingHook hook) throws IOException {
        Sequential model = TableNetwork.build(encoding, settings.hidden(), settings.dropout(), settings.seed());
        StepPlan steps = StepPlan.of(settings, training.size());
        AdamW optimizer =
                new AdamW(Schedule.cosine(settings.rate(), 0, steps.total())).withWeightDecay(steps.weightDecay());
        try (Trainer trainer = trainer(model, optimizer)) {
            // a model that cannot be stored is refused before an hour of training
            ModelFile.of(model).withTable(encoding).requireStorable();
            TabularRun run =
                    new TabularRun(model, encoding, optimizer, trainer, training.size(), steps.patience(), plan(steps));
            History history = trainer.fit(training, hook.plan(run));
            hook.done(history);
            return new TabularModel(model, encoding, Optional.of(record(model, history)));
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private Fit plan(StepPlan steps) {
        Fit plan = Fit.epochs(steps.epochs())
                .batchSize(steps.batchSize())
                .shuffleSeed(settings.seed())
                .metrics(metrics(encoding.target()));
        if (validation.size() == 0) {
            return plan;
        }
        Fit judged = plan.validation(validation);
        return settings.earlyStopping()
                ? judged.callbacks(new EarlyStopping(steps.patience()).restoringBest())
                : judged;
    }

    private Trainer trainer(Sequential model, AdamW optimizer) {
        Trainer trainer = Trainer.of(model, loss(encoding.target()), optimizer);
        return settings.threads().map(trainer::threads).orElse(trainer);
    }

    private static Loss loss(TargetEncoding target) {
        if (target instanceof ClassTarget) {
            return new SoftmaxCrossEntropy();
        }
        return target instanceof LabelsTarget ? new BinaryCrossEntropy() : new MeanSquaredError();
    }

    /** What does not depend on the unit of scaled numbers; the record has errors in the unit of the target. */
    private static Metric[] metrics(TargetEncoding target) {
        if (target instanceof ClassTarget) {
            return new Metric[] {new Accuracy(), new F1()};
        }
        return target instanceof LabelsTarget
                ? new Metric[] {new BinaryAccuracy(), new F1(Outputs.BINARY_LOGITS)}
                : new Metric[] {new R2()};
    }

    private TrainingRecord record(Sequential model, History history) {
        boolean judged = validation.size() > 0;
        String prefix = judged ? "validation " : "training ";
        Map<String, Double> metrics = new LinkedHashMap<>();
        TabularEvaluation.of(model, encoding, judged ? validation : training)
                .metrics()
                .forEach((name, value) -> metrics.put(prefix + name, value));
        return new TrainingRecord(table.name(), history.epochs().size(), settings.seed(), metrics);
    }
}
