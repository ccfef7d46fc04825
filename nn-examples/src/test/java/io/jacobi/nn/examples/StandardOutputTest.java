package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    private final StringWriter err = new StringWriter();

    private int exitCode(String failure) {
        StandardOutput out = new StandardOutput(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(failure);
                    }
                },
                StandardCharsets.UTF_8);
        PrintWriter writer = new PrintWriter(out);
        writer.println("text");
        assertThat(writer.checkError()).isTrue();
        return out.exitCode(0, new PrintWriter(err));
    }

    @Test
    void textIsWrittenAsUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes, StandardCharsets.UTF_8);
        new PrintWriter(out).print("Zürich");

        assertThat(out.exitCode(3, new PrintWriter(err))).isEqualTo(3);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("Zürich");
    }

    @Test
    void aFullDiskIsAFailureOfTheCommand() {
        assertThat(exitCode("No space left on device")).isEqualTo(1);
        assertThat(err.toString()).startsWith("jacobi: the output is not complete: the disk is full");
    }

    @Test
    void aReaderThatHasReadEnoughIsNone() {
        assertThat(exitCode("Broken pipe")).isZero();
        assertThat(err.toString()).isEmpty();
    }
}
