package io.jacobi.nn.junit;

import io.jacobi.nn.check.Checkable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A test class that implements this has one test for each claim of each of its checks, so that what fails is named: the layer, the
 * claim and the batch size.
 *
 * <pre>{@code
 * class ScaleTest implements GradientTests {
 *
 *     @Override
 *     public List<LayerCheck> checks() {
 *         return List.of(GradientCheck.of(new Scale()).input(Shape.of(2, 3)));
 *     }
 * }
 * }</pre>
 *
 * <p>The message of a failure is what was found, with the table of the gradients that were compared. Other test methods may stand
 * beside.
 */
public interface GradientTests extends LayerProvider {

    /** The tests; JUnit calls this. */
    @TestFactory
    default Stream<DynamicContainer> gradients() {
        return of(this);
    }

    /**
     * The tests of a provider that is no test class, for a {@code @TestFactory} method: {@code GradientTests.of(LayerChecks::all)}.
     *
     * @return one container for each check, which makes its claims when it runs: a layer that cannot be built fails alone
     * @throws UncheckedIOException if the provider throws an {@link IOException}
     * @throws IllegalArgumentException if there is nothing to check: a test class without tests would pass
     */
    static Stream<DynamicContainer> of(LayerProvider provider) {
        List<? extends Checkable> checks = checks(provider);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to check: checks() of "
                    + provider.getClass().getName() + " is empty"
                    + "\n  expected one check at least"
                    + "\n  fix: GradientCheck.of(layer).input(shape) makes one");
        }
        return checks.stream().map(GradientTests::container);
    }

    private static List<? extends Checkable> checks(LayerProvider provider) {
        try {
            return provider.checks();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamicContainer container(Checkable check) {
        String subject = check.toString();
        return DynamicContainer.dynamicContainer(
                subject,
                Stream.of(check)
                        .flatMap(each -> each.claims().stream())
                        .map(claim -> DynamicTest.dynamicTest(
                                claim.label(), () -> claim.test().orThrow(subject))));
    }
}
