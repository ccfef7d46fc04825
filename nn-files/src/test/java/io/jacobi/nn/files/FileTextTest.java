package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text of a file stays on its line, gives a terminal no command, and takes no more room than a message has. */
class FileTextTest {

    @Test
    void textThatCanBeSeenIsShownAsItIs() {
        assertThat(FileText.show("Größe ≥ 3 猫 😀 c:\\d \"q\"")).isEqualTo("Größe ≥ 3 猫 😀 c:\\d \"q\"");
    }

    @Test
    void textThatCannotBeSeenIsEscaped() {
        assertThat(FileText.show("a\nb\r\tc")).isEqualTo("a\\nb\\r\\tc");
        assertThat(FileText.show("\u001b[31m\u0000\u007f\u009b")).isEqualTo("\\u001b[31m\\u0000\\u007f\\u009b");
        // another direction of writing, a line separator, half of a surrogate pair, an invisible tag
        assertThat(FileText.show("\u202e\u2028\ud800x")).isEqualTo("\\u202e\\u2028\\ud800x");
        assertThat(FileText.show(Character.toString(0xe0041))).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void aLongTextIsCutAndItsLengthStated() {
        assertThat(FileText.show("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(FileText.show("x".repeat(81))).isEqualTo("x".repeat(80) + "... (81 characters)");
        // what is shown counts, not what it was made of: no escape is cut in two
        assertThat(FileText.show("\u001b".repeat(100))).isEqualTo("\\u001b".repeat(13) + "... (100 characters)");
    }

    @Test
    void aLongListIsCutAndTheRestCounted() {
        assertThat(FileText.list(List.of("a", "b\n"))).isEqualTo("[a, b\\n]");
        assertThat(FileText.list(List.of())).isEqualTo("[]");
        assertThat(FileText.list(Collections.nCopies(100_000, "name")))
                .hasSizeLessThan(400)
                .startsWith("[name, name")
                .endsWith(", ... (99946 more)]");
    }

    @Test
    void aMessageKeepsItsLinesItsBeginningAndItsEnd() {
        assertThat(FileText.problem("first\nsecond\u001b", "\n  fix: it")).isEqualTo("first\nsecond\\u001b");
        assertThat(FileText.problem("begin" + "x".repeat(1_000_000) + "end", "\n  fix: it"))
                .hasSize(1000 - "\n  fix: it".length())
                .startsWith("beginx")
                .contains("... (1000008 characters) ...")
                .endsWith("xend");
    }

    @Test
    void anExceptionIsShortAtEveryPlace() {
        String name = "x".repeat(100_000);
        ModelFormatException e =
                new ModelFormatException(name, name, name, name).in(name).in("file");

        assertThat(e.getMessage()).hasSizeLessThan(1600);
        assertThat(e).hasMessageStartingWith("file: xxx");
    }
}
