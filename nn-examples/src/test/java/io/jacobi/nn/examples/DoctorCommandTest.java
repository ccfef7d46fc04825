package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.math.NativeLibraries;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DoctorCommandTest extends CommandTest {

    private static final long GIGABYTE = 1L << 30;

    @Test
    void theMachineIsDescribedAndMeasured() {
        assertThat(run("doctor")).as(err.toString()).isZero();

        NativeLibraries libraries = NativeLibraries.load();
        assertThat(printed())
                .contains(Runtime.version().toString(), libraries.kernel(), libraries.openBlas(), libraries.nd4j())
                .containsPattern("\nprocessors +" + Runtime.getRuntime().availableProcessors() + "\n")
                .containsPattern("\nheap limit +[\\d,]+ MB\n")
                .containsPattern("\nblas threads +1\n")
                .containsPattern("\nspeed, 1 thread +\\d+ GFLOP/s\n")
                .containsAnyOf("nothing to change", "what to change\n  - ");
    }

    @Test
    void programsReadJson() {
        assertThat(run("doctor", "--json", "-")).isZero();

        assertThat(printed())
                .startsWith("{\"jacobi\":")
                .contains("\"processors\":" + Runtime.getRuntime().availableProcessors() + ",", "\"blasThreads\":1,")
                .containsPattern("\"heapLimit\":\\d+,")
                .containsPattern("\"speed1Thread\":\\d+\\.\\d+")
                .containsPattern("\"advice\":\\[.*]}\n$");
    }

    private static NativeLibraries libraries(String kernel, int threads, long mostBytes) {
        return new NativeLibraries("linux-x86_64", "1", "1", kernel, threads, Path.of("cache"), mostBytes, 0);
    }

    @Test
    void aGoodMachineNeedsNoAdvice() {
        assertThat(Advice.of(libraries("HASWELL", 1, 4 * GIGABYTE), 4 * GIGABYTE, 16 * GIGABYTE))
                .isEmpty();
        assertThat(Advice.ofSpeed(80, 150, 2)).isEmpty();
        assertThat(Advice.ofSpeed(80, 80, 1)).isEmpty();
    }

    @Test
    void adviceFitsWhatWasFound() {
        assertThat(Advice.of(libraries("HASWELL", 1, GIGABYTE / 8), GIGABYTE / 8, GIGABYTE / 2))
                .singleElement()
                .asString()
                .contains("128 MB", "-Xmx2g");
        assertThat(Advice.of(libraries("HASWELL", 1, 3 * GIGABYTE), 3 * GIGABYTE, 4 * GIGABYTE))
                .singleElement()
                .asString()
                .contains("(3,072 MB)", "(4,096 MB)", "-Dorg.bytedeco.javacpp.maxbytes=512m");
        assertThat(Advice.of(libraries("HASWELL", 1, GIGABYTE), GIGABYTE, 16 * GIGABYTE))
                .singleElement()
                .asString()
                .contains("1,024 of 16,384 MB", "-Xmx8g");
        assertThat(Advice.of(libraries("PRESCOTT", 1, 4 * GIGABYTE), 4 * GIGABYTE, 16 * GIGABYTE))
                .singleElement()
                .asString()
                .contains("PRESCOTT", "OPENBLAS_CORETYPE");
        assertThat(Advice.of(libraries("ZEN", 2, 4 * GIGABYTE), 4 * GIGABYTE, 16 * GIGABYTE))
                .singleElement()
                .asString()
                .contains("BLAS computes on 2 threads");
        assertThat(Advice.ofSpeed(80, 90, 2)).singleElement().asString().contains("--threads 1");
    }
}
