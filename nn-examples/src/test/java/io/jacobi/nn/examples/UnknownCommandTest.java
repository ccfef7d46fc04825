package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownCommandTest extends CommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "infer      | fix: \"jacobi predict\" answers for the rows of a table",
                "fit        | fix: \"jacobi train\" trains a network",
                "trian      | Did you mean: jacobi train?",
                "mnsit      | Did you mean: jacobi mnist?",
                "inspct     | Did you mean: jacobi inspect?",
                "hlep       | Did you mean: jacobi help?",
                "wibble     | fix: \"jacobi help\" describes each command"
            })
    void theMessageNamesTheCommandsAndAFixForTheWord(String word, String fix) {
        assertThat(run(word, "model.safetensors")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "jacobi: there is no command \"" + word + "\"\n"
                                + "  expected one of derive, doctor, evaluate, export, gradcheck, help, inspect, mnist, predict, train\n")
                .contains(fix);
        if (!fix.contains("Did you mean")) {
            assertThat(err.toString()).doesNotContain("Did you mean");
        }
    }
}
