package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The text of {@code --help}. */
class HelpTest {

    private static Stream<CommandLine> commands() {
        CommandLine jacobi = Jacobi.commandLine();
        return Stream.concat(Stream.of(jacobi), jacobi.getSubcommands().values().stream());
    }

    @Test
    void theListOfCommandsDescribesEachInWholeSentences() {
        String help = Jacobi.commandLine().getUsageMessage();
        // an entry starts two spaces in, its further lines start deeper
        List<String> entries = Arrays.stream(help.split("Commands:\\R", -1)[1].split("\\R(?=  \\S)", -1))
                .map(entry -> entry.replaceAll("\\s+", " ").strip())
                .toList();

        assertThat(entries)
                .hasSameSizeAs(Jacobi.commandLine().getSubcommands().keySet())
                .allMatch(entry -> entry.endsWith("."));
    }

    /**
     * The help wraps each element of a description on its own, so that an element must be a paragraph and not a line.
     */
    @ParameterizedTest
    @MethodSource("commands")
    void everyElementOfADescriptionIsAParagraph(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .isNotEmpty()
                .allMatch(paragraph -> paragraph.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionAndParameterIsDescribedInSentences(CommandLine command) {
        assertThat(command.getCommandSpec().args())
                .allSatisfy(arg -> assertThat(String.join(" ", arg.description()))
                        .as(String.join(" ", arg.paramLabel(), command.getCommandName()))
                        .endsWith("."));
    }
}
