package io.jacobi.nn.check;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.check.network.Network;
import io.jacobi.nn.check.network.NetworkClaims;
import io.jacobi.nn.check.network.NetworkSettings;
import io.jacobi.nn.check.network.NetworkTwin;
import io.jacobi.nn.check.network.TrainingLoop;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarLoss;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a whole network as it is trained: the gradient by every weight that the optimizer gets, of loss and penalties;
 * and the gradient by the input. Layers that are right one by one can be wrong together.
 *
 * <pre>{@code
 * GradientCheck.of(model, new SoftmaxCrossEntropy())
 *         .data(examples)                                    // a handful: all of them are one batch
 *         .penalties(Penalty.l2(0.01))
 *         .verify();
 * }</pre>
 *
 * Everything is checked twice, near the weights that the network has and near the weights after twenty training steps.
 * Gradients are compared with central differences in double and, with {@link #scalars}, with the network written a
 * second time. Further claims: a batch that is split over two or three threads, evenly or not, has the gradient of the
 * whole; every step starts from nothing; each penalty is added once; float agrees with double; a small step lowers the
 * loss by ε |g|²; and the same seed gives the same result.
 *
 * <p>Near means that each weight is moved by about 0.01: biases start at 0, where rectifiers and L1 penalties have no
 * derivative.
 *
 * <p>The network is not changed: copies of it are trained and checked, whatever its precision. Instances are immutable;
 * every method that sets something returns a new one.
 */
public final class NetworkCheck implements Checkable {

    private final Sequential model;
    private final Loss loss;
    private String name = "";
    private Optional<Dataset> data = Optional.empty();
    private List<Penalty> penalties = List.of();
    private Optimizer optimizer = new Sgd(0.1);
    private TrainingLoop loop = TrainingLoop.trainer();
    private boolean comparesInput = true;
    private Optional<NetworkTwin> twin = Optional.empty();
    private Stencil central = Stencil.central();

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
        copy.central = central;
        change.accept(copy);
        return copy;
    }

    /** Sets the network's name in reports; the default is its layers. */
    public NetworkCheck named(String label) {
        return with(c -> c.name = label);
    }

    /**
     * Sets examples with targets, and weights if they have them: at least four, and few, because every coordinate is
     * checked on all of them.
     */
    public NetworkCheck data(Dataset examples) {
        return with(c -> c.data = Optional.of(examples));
    }

    /** Adds penalties to the loss. */
    public NetworkCheck penalties(Penalty... more) {
        return with(c ->
                c.penalties = Stream.concat(penalties.stream(), Stream.of(more)).toList());
    }

    /** Sets the optimizer of the twenty steps; the default is {@code Sgd(0.1)}. */
    public NetworkCheck optimizer(Optimizer trained) {
        return with(c -> c.optimizer = trained);
    }

    /** Sets the training loop whose steps are checked; the default is {@link io.jacobi.nn.train.Trainer}. */
    public NetworkCheck trainedBy(TrainingLoop own) {
        return with(c -> c.loop = own);
    }

    /** Leaves the gradient of the input out, for networks whose input cannot be varied, such as an index. */
    public NetworkCheck parametersOnly() {
        return with(c -> c.comparesInput = false);
    }

    /**
     * Sets the network written a second time, number by number, which adds two oracles: reverse and forward mode. The
     * loss is taken as it is.
     *
     * @param network all layers, one after the other, as if they were the layers of one chain
     */
    public NetworkCheck scalars(ScalarLayer network) {
        return with(c -> c.twin = Optional.of(new NetworkTwin(network, Optional.empty())));
    }

    /**
     * Sets the network and the loss, both written a second time, as {@link #scalars(ScalarLayer)} does for the network
     * alone.
     */
    public NetworkCheck scalars(ScalarLayer network, ScalarLoss value) {
        return with(c -> c.twin = Optional.of(new NetworkTwin(network, Optional.of(value))));
    }

    /**
     * Sets the largest relative error of a central difference that passes; the default is {@value
     * Stencil#CENTRAL_TOLERANCE}.
     */
    public NetworkCheck tolerance(double value) {
        return with(c -> c.central = central.withTolerance(value));
    }

    /** Sets the h of central differences, relative to values above 1; the default is {@value Stencil#CENTRAL_STEP}. */
    public NetworkCheck step(double value) {
        return with(c -> c.central = central.withStep(value));
    }

    /** The network, by its name or its layers, with its loss and penalties. */
    @Override
    public Network subject() {
        return new Network(name, model, loss, penalties);
    }

    /**
     * Returns every claim that this check tests, to be tested one by one. It evaluates the loss once, because a network
     * without a finite loss has one claim only, which says so.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the network or the loss
     * @throws IllegalArgumentException if there are fewer than four, if the loss would misread the network's output, or
     *     if the network has no parameters
     */
    @Override
    public List<Claim> claims() {
        Dataset examples = data.orElseThrow(() -> new IllegalArgumentException(
                subject() + " has no examples to be checked on\n  expected some\n  fix: data(ArrayDataset.of(x, y))"));
        return NetworkClaims.of(
                new NetworkSettings(subject(), examples, optimizer, loop, comparesInput, twin, central));
    }

    @Override
    public String toString() {
        return subject() + " on "
                + data.map(examples -> examples.size() + " examples").orElse("no examples");
    }
}
