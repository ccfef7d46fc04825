package io.jacobi.nn.check.penalty;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Every claim that a penalty is held to. */
public final class PenaltyClaims {

    private PenaltyClaims() {}

    /** Returns the claims about a penalty. If it is not a finite number, they are one claim, which says so. */
    public static List<Claim> of(PenaltySettings settings) {
        PenaltyProbe probe = PenaltyProbe.of(settings.subject(), settings.parameters());
        Optional<Claim> undefined = PenaltyDomain.undefined(probe);
        if (undefined.isPresent()) {
            return List.of(undefined.orElseThrow());
        }
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(
                "central differences",
                Oracle.DIFFERENCES,
                () -> PenaltyOracles.differences(probe, settings.central())));
        settings.twin().ifPresent(formula -> {
            claims.add(claim("scalar engine", Oracle.SCALARS, () -> PenaltyOracles.scalars(probe, formula)));
            claims.add(claim("dual numbers", Oracle.DUALS, () -> PenaltyOracles.duals(probe, formula)));
        });
        claims.addAll(PenaltyContract.claims(probe, settings.all()));
        return claims;
    }

    private static Claim claim(String name, Oracle oracle, Supplier<List<TensorResult>> experiment) {
        return Claim.of(name, 1, oracle, () -> Evidence.of(experiment.get()));
    }
}
