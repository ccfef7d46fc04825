package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class NativeLoadingTest {

    /** As ND4J fails when the disk of the cache is full. */
    private static void fail() {
        throw new ExceptionInInitializerError(new IllegalStateException(
                "ND4J is probably missing dependencies", new UnsatisfiedLinkError("libblas.so.0: No such file")));
    }

    @Test
    void eachCallSaysTheFirstReasonAndWhereTheLibrariesAreUnpacked() {
        NativeLoading loading = NativeLoading.attempt(NativeLoadingTest::fail);

        for (int call = 0; call < 2; call++) {
            assertThatIllegalStateException()
                    .isThrownBy(loading::requireSuccess)
                    .withMessageStartingWith("The native libraries for " + Loader.getPlatform()
                            + " cannot be loaded: libblas.so.0: No such file\n  expected 410 MB")
                    .withMessageContainingAll("MB are free", "-Dorg.bytedeco.javacpp.cachedir=DIR")
                    .withRootCauseInstanceOf(UnsatisfiedLinkError.class);
        }
    }

    @Test
    void whatWasLoadedIsNoProblem() {
        assertThatNoException().isThrownBy(() -> NativeLoading.attempt(() -> {}).requireSuccess());
    }
}
