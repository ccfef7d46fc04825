package io.jacobi.nn.check;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.network.NetworkContract;
import io.jacobi.nn.check.network.NetworkOracles;
import io.jacobi.nn.check.network.NetworkStage;
import io.jacobi.nn.check.network.NetworkTwin;
import io.jacobi.nn.check.network.TrainingLoop;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarLoss;
import io.jacobi.nn.train.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a whole network as it is trained: the gradient that the optimizer gets, of loss and penalties, by every weight; and the
 * gradient by the input. Layers that are right one by one can be wrong together.
 *
 * <pre>{@code
 * GradientCheck.of(model, new SoftmaxCrossEntropy())
 *         .data(examples)                                    // a handful: all of them are one batch
 *         .penalties(Penalty.l2(0.01))
 *         .verify();
 * }</pre>
 *
 * Everything is checked twice, near the weights that the network has and near those that twenty training steps lead to, against
 * central differences in double and, with {@link #scalars}, against the network written once more. Besides, a batch that is split over
 * two or three threads, evenly or not, has the gradient of the whole; every step starts from nothing; each penalty is added once; float
 * agrees with double; a small step lowers the loss by ε |g|²; and the same seed repeats.
 *
 * <p>Near means that each weight is moved by about 0.01: biases start at 0, where rectifiers and L1 penalties have no derivative.
 *
 * <p>The network is left alone: what is trained and checked are copies, of whatever precision it is. Instances are immutable; every
 * method that sets something returns a new one.
 */
public final class NetworkCheck implements Checkable {

    /** So that two and three threads get unequal parts, and a layer such as BatchNorm never sees one example alone. */
    private static final int FEWEST = 4;

    private final Sequential model;
    private final Loss loss;
    private String name = "";
    private Optional<Dataset> data = Optional.empty();
    private List<Penalty> penalties = List.of();
    private Optimizer optimizer = new Sgd(0.1);
    private TrainingLoop loop = TrainingLoop.trainer();
    private boolean comparesInput = true;
    private Optional<NetworkTwin> twin = Optional.empty();
    private double tolerance = GradientCheck.DEFAULT_TOLERANCE;
    private double step = GradientCheck.DEFAULT_STEP;

    NetworkCheck(Sequential model, Loss loss) {
        this.model = model;
        this.loss = loss;
    }

    private NetworkCheck with(Consumer<NetworkCheck> change) {
        NetworkCheck copy = new NetworkCheck(model, loss);
        copy.name = name;
        copy.data = data;
        copy.penalties = penalties;
        copy.optimizer = optimizer;
        copy.loop = loop;
        copy.comparesInput = comparesInput;
        copy.twin = twin;
        copy.tolerance = tolerance;
        copy.step = step;
        change.accept(copy);
        return copy;
    }

    /** What reports call the network; unless set, its layers. */
    public NetworkCheck named(String label) {
        return with(c -> c.name = label);
    }

    /** Examples with targets, and weights if they have them: four at least, and few, since every coordinate is checked on all. */
    public NetworkCheck data(Dataset examples) {
        return with(c -> c.data = Optional.of(examples));
    }

    /** Adds terms to the loss. */
    public NetworkCheck penalties(Penalty... more) {
        return with(c ->
                c.penalties = Stream.concat(penalties.stream(), Stream.of(more)).toList());
    }

    /** Who makes the twenty steps; {@code Sgd(0.1)} unless set. */
    public NetworkCheck optimizer(Optimizer trained) {
        return with(c -> c.optimizer = trained);
    }

    /** Whose steps are checked; those of {@link io.jacobi.nn.train.Trainer} unless set. */
    public NetworkCheck trainedBy(TrainingLoop own) {
        return with(c -> c.loop = own);
    }

    /** Leaves the gradient of the input out, for networks that take what cannot be varied, such as an index. */
    public NetworkCheck parametersOnly() {
        return with(c -> c.comparesInput = false);
    }

    /**
     * The network written once more, number by number: adds two oracles, reverse and forward mode. The loss is taken as it is.
     *
     * @param network all layers, one after the other, as if they were the layers of one chain
     */
    public NetworkCheck scalars(ScalarLayer network) {
        return with(c -> c.twin = Optional.of(new NetworkTwin(network, Optional.empty())));
    }

    /** The same with the loss written once more too. */
    public NetworkCheck scalars(ScalarLayer network, ScalarLoss value) {
        return with(c -> c.twin = Optional.of(new NetworkTwin(network, Optional.of(value))));
    }

    /** The largest relative error of a central difference that passes; {@value GradientCheck#DEFAULT_TOLERANCE} unless set. */
    public NetworkCheck tolerance(double value) {
        return with(c -> c.tolerance = GradientCheck.requirePositive("tolerance", value));
    }

    /** The h of central differences, relative to values above 1; {@value GradientCheck#DEFAULT_STEP} unless set. */
    public NetworkCheck step(double value) {
        return with(c -> c.step = GradientCheck.requirePositive("step", value));
    }

    /** The network, by its name or its layers, with its loss and penalties. */
    @Override
    public Network subject() {
        return new Network(name, model, loss, penalties);
    }

    public Sequential model() {
        return model;
    }

    public Loss loss() {
        return loss;
    }

    public List<Penalty> penalties() {
        return penalties;
    }

    public Optimizer optimizer() {
        return optimizer;
    }

    public TrainingLoop loop() {
        return loop;
    }

    public boolean comparesInput() {
        return comparesInput;
    }

    public Optional<NetworkTwin> twin() {
        return twin;
    }

    public double tolerance() {
        return tolerance;
    }

    public double step() {
        return step;
    }

    public Dataset data() {
        return data.orElseThrow(() -> new IllegalArgumentException(
                subject() + " has no examples to be checked on\n  expected some\n  fix: data(ArrayDataset.of(x, y))"));
    }

    /** The first examples. */
    public Batch batch(int size) {
        return Batches.inOrder(data(), size).epoch(0).get(0);
    }

    /**
     * Every claim that this check tests, to be tested one by one.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the network or the loss
     * @throws IllegalArgumentException if there are fewer than four, if the loss would misread the network's output, or if the
     *     network has no parameters
     */
    @Override
    public List<Claim> claims() {
        Compatibility.check(model, loss, data());
        if (data().size() < FEWEST) {
            throw new IllegalArgumentException(subject() + " is to be checked on " + data().size() + " examples"
                    + "\n  expected at least " + FEWEST + ", which can be split unevenly");
        }
        if (model.parameterCount() == 0) {
            throw new IllegalArgumentException(
                    subject() + " has no parameters, so that nothing is trained"
                            + "\n  expected a layer that has some\n  fix: GradientCheck.of(layer) checks layers that have none");
        }
        List<Claim> claims = new ArrayList<>();
        claims.add(NetworkContract.repeats(this));
        for (NetworkStage stage : NetworkStage.all()) {
            claims.addAll(NetworkOracles.claims(this, stage));
            claims.addAll(NetworkContract.claims(this, stage));
        }
        return claims;
    }

    @Override
    public String toString() {
        return subject() + " on "
                + data.map(examples -> examples.size() + " examples").orElse("no examples");
    }

    /**
     * What is checked.
     *
     * @param name empty if it has none
     */
    public record Network(String name, Sequential model, Loss loss, List<Penalty> penalties) {

        @Override
        public String toString() {
            StringBuilder text =
                    new StringBuilder(name.isEmpty() ? model.layers().toString() : "\"" + name + "\"");
            text.append(", ").append(loss);
            penalties.forEach(penalty -> text.append(", ").append(penalty));
            return "Network " + text;
        }
    }
}
