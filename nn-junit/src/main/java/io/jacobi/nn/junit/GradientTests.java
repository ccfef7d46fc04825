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
 * A test class that implements this interface has one test for each claim of each check, so that the name of a failed
 * test gives the layer, the claim and the batch size.
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
 * <p>The failure message describes the error and contains the table of the gradients that were compared. The class may
 * have other test methods.
 */
public interface GradientTests extends LayerProvider {

    /** Creates the tests; called by JUnit. */
    @TestFactory
    default Stream<DynamicContainer> gradients() {
        return of(this);
    }

    /**
     * Creates the tests of a provider that is not a test class, for a {@code @TestFactory} method:
     * {@code GradientTests.of(LayerChecks::all)}.
     *
     * @return one container for each check, which creates its claims when it runs, so that a layer that cannot be built
     *     fails alone
     * @throws UncheckedIOException if the provider throws an {@link IOException}
     * @throws IllegalArgumentException if there is nothing to check, because a test class without tests would pass
     */
    static Stream<DynamicContainer> of(LayerProvider provider) {
        List<? extends Checkable> checks = checks(provider);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to check: checks() of "
                    + provider.getClass().getName() + " is empty"
                    + "\n  expected at least one check"
                    + "\n  fix: return GradientCheck.of(layer).input(shape)");
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
