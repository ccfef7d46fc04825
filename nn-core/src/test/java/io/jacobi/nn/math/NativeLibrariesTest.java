package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

    @Test
    void describesWhatIsLoaded() {
        NativeLibraries libraries = NativeLibraries.load();

        assertThat(libraries.platform()).isEqualTo(Loader.getPlatform());
        assertThat(libraries.nd4j()).matches("\\d.*");
        assertThat(libraries.openBlas()).matches("\\d.*-\\d.*");
        assertThat(libraries.kernel()).isEqualTo(BlasKernel.name());
        assertThat(libraries.blasThreads()).isEqualTo(1);
        assertThat(libraries.cache()).isDirectory();
        assertThat(libraries.mostBytes()).isEqualTo(Pointer.maxBytes()).isPositive();
    }

    @Test
    void aLibraryThatIsNotThereHasAnUnknownVersion() {
        assertThat(NativeLibraries.version("org.example", "nothing")).isEqualTo("unknown");
    }
}
