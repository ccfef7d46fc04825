package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {

    @ParameterizedTest
    @CsvSource({"2g,2147483648,2g", "512m,536870912,512m", "1.5G,1610612736,1536m", "100,100,100", "1kb,1024,1k"})
    void aSizeIsReadAndPrintedSoThatItIsReadAgain(String text, long bytes, String printed) {
        MemorySize size = new MemorySize.Converter().convert(text);

        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(printed);
        assertThat(new MemorySize.Converter().convert(printed)).isEqualTo(size);
    }
}
