package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.optim.NonFiniteUpdateException;
import io.jacobi.nn.train.NonFiniteStepException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A statement that should hold of a layer, loss, penalty or network, and can be tested by itself. A check is a list of
 * claims.
 *
 * @param name the statement, such as {@code gradients accumulate}
 * @param batch the batch size
 * @param oracle the oracle that a gradient is compared with, if there is one
 * @param experiment tests the statement and returns what it found
 */
public record Claim(String name, int batch, Optional<Oracle> oracle, Supplier<Evidence> experiment) {

    /**
     * Returns a claim of the contract, which holds unless {@code experiment} returns a description of what was observed
     * instead.
     */
    public static Claim of(String name, int batch, Supplier<String> experiment) {
        return new Claim(name, batch, Optional.empty(), () -> Evidence.of(experiment.get()));
    }

    /** Returns the claim that a gradient agrees with an oracle. */
    public static Claim of(String name, int batch, Oracle oracle, Supplier<Evidence> experiment) {
        return new Claim(name, batch, Optional.of(oracle), experiment);
    }

    /**
     * Returns the claims that compare with one of these oracles, and the claim of {@link Domain#undefined}; all claims
     * if no oracle is named.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static List<Claim> askedOf(Set<Oracle> only, List<Claim> claims, Object subject) {
        if (only.isEmpty()) {
            return claims;
        }
        List<Claim> asked = claims.stream()
                .filter(claim -> claim.oracle().filter(only::contains).isPresent()
                        || claim.name().equals(Domain.NAME))
                .toList();
        if (asked.isEmpty()) {
            throw new IllegalArgumentException(subject + " was to be checked by " + only + " alone"
                    + "\n  expected an oracle that this check has"
                    + "\n  fix: scalars(...) adds SCALARS and DUALS, recorded(...) adds RECORDED");
        }
        return asked;
    }

    /** The name and the batch size: {@code gradients accumulate, batch 3}. */
    public String label() {
        return name + ", batch " + batch;
    }

    /** Tests whether it holds. It does not if its training meets numbers that are not finite and takes no step. */
    public Finding test() {
        Evidence evidence;
        try {
            evidence = experiment.get();
        } catch (NonFiniteUpdateException | NonFiniteStepException notTaken) {
            evidence = Evidence.of(String.valueOf(notTaken.getMessage()));
        }
        return new Finding(name, batch, evidence.tensors(), evidence.failure(), evidence.note());
    }
}
