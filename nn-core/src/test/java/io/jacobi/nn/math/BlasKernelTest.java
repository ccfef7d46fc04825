package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BlasKernelTest {

    static final class Name {
        public static void main(String[] args) {
            System.out.println("kernel " + BlasKernel.name());
        }
    }

    /** OpenBLAS says itself what it has chosen when it is loaded: {@code Core: Haswell}. */
    private static String output(String chosen) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Name.class.getName())
                .redirectErrorStream(true);
        java.environment().put("OPENBLAS_VERBOSE", "2");
        if (!chosen.isEmpty()) {
            java.environment().put("OPENBLAS_CORETYPE", chosen);
        }
        return new String(java.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void isWhatOpenBlasSays() throws IOException {
        String output = output("");
        assumeThat(output).as("a library with several kernels").contains("Core: ");
        String said = output.replaceAll("(?s).*Core: (\\w+).*", "$1");

        assertThat(output).containsIgnoringCase("kernel " + said + System.lineSeparator());
    }

    @Test
    void followsTheEnvironmentVariableThatChoosesOne() throws IOException {
        String output = output("Nehalem");
        assumeThat(output).contains("Core: Nehalem");

        assertThat(output).contains("kernel NEHALEM");
    }
}
