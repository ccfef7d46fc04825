package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table "Where do I ...?" of CONTRIBUTING.md names files that exist. */
class ContributingTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+\\.java)\\)");

    @Test
    void eachFileAndTestOfTheTableExists() throws IOException {
        String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        List<String> files =
                LINK.matcher(page).results().map(link -> link.group(1)).toList();

        assertThat(files).hasSizeGreaterThan(20);
        assertThat(files).allSatisfy(file -> assertThat(ROOT.resolve(file)).isRegularFile());
    }
}
