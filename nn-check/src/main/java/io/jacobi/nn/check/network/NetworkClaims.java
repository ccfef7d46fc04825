package io.jacobi.nn.check.network;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.train.Compatibility;
import java.util.ArrayList;
import java.util.List;

/** Every claim that a network is held to, near the weights that it has and near those that training leads to. */
public final class NetworkClaims {

    /**
     * Enough examples that two and three threads get unequal parts, and that a layer such as BatchNorm never sees one
     * example alone.
     */
    private static final int FEWEST = 4;

    private NetworkClaims() {}

    /**
     * Returns the claims about a network.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the network or the loss
     * @throws IllegalArgumentException if there are fewer than four, if the loss would misread the network's output, or
     *     if the network has no parameters
     */
    public static List<Claim> of(NetworkSettings settings) {
        Compatibility.check(settings.model(), settings.loss(), settings.data(), List.of());
        int examples = settings.examples().length;
        if (examples < FEWEST) {
            throw new IllegalArgumentException(settings.subject() + " is to be checked on "
                    + examples + " examples" + "\n  expected at least " + FEWEST
                    + ", which can be split unevenly");
        }
        if (settings.model().parameterCount() == 0) {
            throw new IllegalArgumentException(
                    settings.subject() + " has no parameters, so that nothing is trained"
                            + "\n  expected a layer that has some\n  fix: GradientCheck.of(layer) checks layers that have none");
        }
        List<Claim> claims = new ArrayList<>();
        claims.add(NetworkContract.repeats(settings));
        for (NetworkStage stage : NetworkStage.all()) {
            claims.addAll(NetworkOracles.claims(settings, stage));
            claims.addAll(NetworkContract.claims(settings, stage));
        }
        return claims;
    }
}
