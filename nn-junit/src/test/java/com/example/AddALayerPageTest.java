package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/add-a-layer.md shows the files of this directory. */
class AddALayerPageTest {

    private static final Path SOURCES = Path.of("src", "test", "java", "com", "example");

    @ParameterizedTest
    @ValueSource(strings = {"Scale.java", "ScaleTest.java", "LearnedLength.java"})
    void showsTheFileThatIsTested(String file) throws IOException {
        assertThat(Path.of("..", "docs", "add-a-layer.md"))
                .content()
                .contains("```java\n" + Files.readString(SOURCES.resolve(file)) + "```\n");
    }

    @Test
    void aLayerIsWrittenInLessThanFortyLines() throws IOException {
        assertThat(Files.readAllLines(SOURCES.resolve("Scale.java")))
                .filteredOn(line -> !line.isBlank())
                .hasSizeLessThan(40);
    }
}
