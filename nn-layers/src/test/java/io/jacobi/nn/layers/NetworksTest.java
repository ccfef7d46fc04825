package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.junit.GradientTests;
import io.jacobi.nn.layers.check.NetworkChecks;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks whole networks; each claim is a test. */
class NetworksTest implements GradientTests {

    @Override
    public List<NetworkCheck> checks() {
        return NetworkChecks.all();
    }

    @Test
    void everyOracleIsAskedAndNoCoordinateLiesOnAKink() {
        for (NetworkCheck check : checks()) {
            List<TensorResult> tensors = check.claims().stream()
                    .filter(claim -> claim.oracle().isPresent())
                    .flatMap(claim -> claim.test().tensors().stream())
                    .toList();

            assertThat(tensors)
                    .as(check.toString())
                    .allMatch(tensor -> tensor.skipped() == 0)
                    .extracting(TensorResult::oracle)
                    .contains(Oracle.DIFFERENCES, Oracle.SCALARS, Oracle.DUALS);
        }
    }

    @Test
    void everyLossTrainsANetwork() {
        Set<Class<?>> losses = LossChecks.all().stream()
                .map(check -> check.subject().getClass())
                .collect(Collectors.toSet());

        assertThat(checks())
                .extracting(check -> (Object) check.subject().loss().getClass())
                .containsAll(losses);
    }

    @Test
    void penaltiesAreAloneAndTogether() {
        Stream<String> kinds = checks().stream()
                .map(check -> check.subject().penalties().stream()
                        .map(penalty -> penalty.getClass().getSimpleName())
                        .collect(Collectors.joining(" ")));

        assertThat(kinds).contains("", "L1", "L2", "L1 L2");
    }
}
