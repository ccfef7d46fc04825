package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.Oracle;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Something that should hold of a layer, loss or network, and can be put to the test by itself. A check is a list of them.
 *
 * @param name what should hold, such as {@code gradients accumulate}
 * @param batch at which batch size
 * @param oracle whom the gradient is compared with, if it is
 * @param experiment looks, and says what was found
 */
public record Claim(String name, int batch, Optional<Oracle> oracle, Supplier<Evidence> experiment) {

    /** A claim of the contract: it holds unless {@code experiment} says what was seen instead. */
    public static Claim of(String name, int batch, Supplier<String> experiment) {
        return new Claim(name, batch, Optional.empty(), () -> Evidence.of(experiment.get()));
    }

    /** That a gradient agrees with an oracle. */
    public static Claim of(String name, int batch, Oracle oracle, Supplier<Evidence> experiment) {
        return new Claim(name, batch, Optional.of(oracle), experiment);
    }

    /**
     * Those for which one of these oracles is asked; all if none was named.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static List<Claim> askedOf(Set<Oracle> only, List<Claim> claims, Object subject) {
        if (only.isEmpty()) {
            return claims;
        }
        List<Claim> asked = claims.stream()
                .filter(claim -> claim.oracle().filter(only::contains).isPresent())
                .toList();
        if (asked.isEmpty()) {
            throw new IllegalArgumentException(subject + " was to be checked by " + only + " alone"
                    + "\n  expected an oracle that this check has"
                    + "\n  fix: scalars(...) gives it SCALARS and DUALS, recorded(...) RECORDED");
        }
        return asked;
    }

    /** {@code gradients accumulate, batch 3}. */
    public String label() {
        return name + ", batch " + batch;
    }

    /** Looks whether it holds. */
    public Finding test() {
        Evidence evidence = experiment.get();
        return new Finding(name, batch, evidence.tensors(), evidence.failure(), evidence.note());
    }
}
