package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.data.Split;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.train.Accuracy;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Trainer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains a network with images of classes.
 *
 * @param validation the part of the images that is held out if there are no test images
 */
record ImageTraining(ImageData data, double validation) implements TrainingData {

    @Override
    public String description() {
        return data.description();
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public Trained train(TrainingSession session) {
        RunOptions run = session.options().run();
        ImageData shaped = data.shapedFor(run.network());
        Dataset train = shaped.train();
        Optional<Dataset> heldOut = shaped.test().map(Dataset.class::cast);
        if (heldOut.isEmpty() && validation > 0) {
            Split split = train.stratifiedSplit(1 - validation, run.seed());
            train = split.first();
            heldOut = Optional.of(split.second());
        }
        Sequential network = network(run, shaped);
        Fit plan = Fit.epochs(run.imageEpochs()).batchSize(run.imageBatch()).metrics(new Accuracy());
        Optimizer method = run.optimizer((long) run.imageEpochs()
                * Batches.inOrder(train, run.imageBatch()).count());
        try (Trainer trainer = trainer(session, network, method)) {
            String set = shaped.test().isPresent() ? "test" : "validation";
            TrainingSession.Start start = new TrainingSession.Start(
                    network,
                    trainer,
                    method,
                    train.size(),
                    heldOut.map(plan::validation).orElse(plan),
                    set,
                    "accuracy",
                    shaped.labels(),
                    Optional.empty());
            History history = trainer.fit(train, session.begin(start));
            if (session.profile()) {
                session.out().print(trainer.profile());
                session.out()
                        .printf(
                                Locale.ROOT,
                                "this machine's peak is %.0f GFLOP/s on one thread%n",
                                PeakProduct.gigaflops(network.dataType()));
            }
            Report report = ClassReport.of(network, heldOut.orElse(train), shaped.labels());
            return trained(shaped, network, history, heldOut.isPresent() ? set : "training", report, start);
        }
    }

    private static Sequential network(RunOptions run, ImageData shaped) {
        ImageNetwork kind = run.network();
        Shape input = shaped.train().features();
        List<Integer> hidden = run.hidden().isEmpty() ? kind.hidden() : run.hidden();
        return kind.build(input, hidden, run.dropout(), shaped.labels().size(), run.seed());
    }

    private static Trainer trainer(TrainingSession session, Sequential network, Optimizer method) {
        Trainer plain = Trainer.of(network, new SoftmaxCrossEntropy(), method);
        Trainer threaded = session.options().run().threads().map(plain::threads).orElse(plain);
        return session.profile() ? threaded.profiled() : threaded;
    }

    private static Trained trained(
            ImageData data,
            Sequential network,
            History history,
            String set,
            Report report,
            TrainingSession.Start start) {
        double loss =
                history.last().validation().orElse(history.last().training()).loss();
        ModelFile file = ModelFile.of(network).withLabels(data.labels());
        Trained trained =
                new Trained(file, history, set, report, loss, start.plan().batchSize(), start.threads());
        TrainingRecord record =
                new TrainingRecord(data.name(), history.epochs().size(), network.seed(), trained.metrics());
        return trained.with(file.withTraining(record));
    }
}
