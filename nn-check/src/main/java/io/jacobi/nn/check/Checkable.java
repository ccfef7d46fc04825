package io.jacobi.nn.check;

import io.jacobi.nn.check.claim.Claim;
import java.util.List;

/**
 * A check of a layer, a loss, or anything else: a source of claims that can be tested. Its text says what is checked,
 * and on what.
 */
public interface Checkable {

    /** The subject of the check, for the title of a report. */
    Object subject();

    /**
     * Returns every claim that this check tests, to be tested one by one. A test framework shows each as a test of its
     * own.
     */
    List<Claim> claims();

    /** Tests every claim and returns the report, passed or failed; throws as {@link #claims} does. */
    default GradientReport report() {
        return GradientReport.of(subject(), claims());
    }

    /**
     * Tests every claim.
     *
     * @return the report, if all claims hold
     * @throws AssertionError with the report as its message, if any claim does not hold
     */
    default GradientReport verify() {
        return report().orThrow();
    }
}
