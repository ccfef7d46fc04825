package io.jacobi.nn.check;

import io.jacobi.nn.check.claim.Claim;
import java.util.List;

/** What makes claims that can be put to the test: the check of a layer, a loss or anything else. Its text says of what, and where. */
public interface Checkable {

    /** What is checked, for the title of a report. */
    Object subject();

    /** Every claim that this check tests, to be tested one by one: what a test framework shows as tests of their own. */
    List<Claim> claims();

    /** Tests every claim and returns what was found, good or bad; throws as {@link #claims} does. */
    default GradientReport report() {
        return GradientReport.of(subject(), claims());
    }

    /**
     * Tests every claim.
     *
     * @return the report, if all passed
     * @throws AssertionError with the report as its message, if any failed
     */
    default GradientReport verify() {
        return report().orThrow();
    }
}
