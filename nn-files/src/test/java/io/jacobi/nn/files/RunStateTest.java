package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The record of a run comes back to the bit, and a text that is not exactly of the format is refused. */
class RunStateTest {

    private static final RunState RUN = new RunState(
            List.of(new RunState.Setting("loss", "Squared \"error\""), new RunState.Setting("batch size", "2")),
            500,
            501,
            1,
            0.25,
            3,
            false,
            new RunState.Sums(1.0 / 3, 6, 6, Long.MAX_VALUE),
            List.of(
                    new RunState.Value("EarlyStopping", "best loss", Double.POSITIVE_INFINITY),
                    new RunState.Value("metric accuracy", "correct", Double.NaN)),
            List.of("by hand"));

    @Test
    void comesBackWithEverything() throws ModelFormatException {
        assertThat(RunState.parse(RUN.toJson())).isEqualTo(RUN);
    }

    /** Checkpoints of earlier versions have these characters, and hashes of them. */
    @Test
    void theTextOfTheFormatIsFixed() throws ModelFormatException {
        assertThat(RUN.toJson())
                .isEqualTo("{\"settings\":[{\"name\":\"loss\",\"value\":\"Squared \\\"error\\\"\"},"
                        + "{\"name\":\"batch size\",\"value\":\"2\"}],"
                        + "\"steps\":500,\"optimizerSteps\":501,\"epochs\":1,"
                        + "\"rateFactor\":0.25,\"batch\":3,\"stopped\":false,"
                        + "\"epoch\":{\"loss\":0.3333333333333333,\"weight\":6.0,\"examples\":6,"
                        + "\"nanos\":9223372036854775807},"
                        + "\"values\":[{\"owner\":\"EarlyStopping\",\"name\":\"best loss\",\"value\":\"Infinity\"},"
                        + "{\"owner\":\"metric accuracy\",\"name\":\"correct\",\"value\":\"NaN\"}],"
                        + "\"notes\":[\"by hand\"]}");
    }

    @Test
    void theEnvironmentIsOptional() throws ModelFormatException {
        RunState run = RUN.withEnvironment(List.of(
                new RunState.Setting("BLAS kernel", "HASWELL"), new RunState.Setting("of a later version", "x")));

        assertThat(run.toJson())
                .endsWith(",\"notes\":[\"by hand\"],\"environment\":[{\"name\":\"BLAS kernel\",\"value\":\"HASWELL\"},"
                        + "{\"name\":\"of a later version\",\"value\":\"x\"}]}");
        assertThat(RunState.parse(run.toJson())).isEqualTo(run);
        assertThat(RunState.parse(RUN.toJson()).environment()).isEmpty();
        assertThat(run.toString()).contains("  computed with BLAS kernel: HASWELL\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"steps\":500       | \"step\":500       | the run has no \"steps\"",
                "\"steps\":500       | \"x\":0,\"steps\":500 | the run has an unknown member \"x\"",
                "\"steps\":500       | \"steps\":\"500\"  | the run.steps is \"500\"",
                "\"steps\":500       | \"steps\":-1       | refuses its arguments: A run at step -1",
                "\"optimizerSteps\":501 | \"optimizerSteps\":-1 | refuses its arguments: A run at step 500 (-1 of",
                "\"epochs\":1        | \"epochs\":-1      | refuses its arguments: A run at step 500",
                "\"batch\":3         | \"batch\":-1       | refuses its arguments: A run at step 500",
                "\"batch\":3         | \"batch\":2147483648 | the run.batch is 2147483648",
                "\"stopped\":false   | \"stopped\":0      | the run.stopped is 0",
                "\"rateFactor\":0.25 | \"rateFactor\":[]  | the run.rateFactor is an array",
                "\"weight\":6.0,     | ``                 | the run.epoch has no \"weight\"",
                "\"value\":\"NaN\"   | \"value\":\"\"     | the run.values[1].value is \"\"",
                "[\"by hand\"]       | [1]                | the run.notes[0] is 1"
            })
    void aTextOfAnotherFormIsRefused(String part, String replacement, String problem) throws ModelFormatException {
        assertThat(RUN.toJson()).containsOnlyOnce(part);
        String text = RUN.toJson().replace(part, replacement);

        assertThatThrownBy(() -> RunState.parse(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(problem, "\n  expected ", "\n  fix: ");
    }

    @Test
    void peopleReadWhatItIs() {
        assertThat(RUN).hasToString("""
                        checkpoint of a run at step 500, 1 epoch and 3 batches done
                          loss: Squared "error"
                          batch size: 2
                          EarlyStopping: best loss Infinity
                          metric accuracy: correct NaN
                          note: by hand
                        """);
        RunState betweenEpochs =
                new RunState(List.of(), 4, 4, 2, 1, 0, true, new RunState.Sums(0, 0, 0, 0), List.of(), List.of());
        assertThat(betweenEpochs).hasToString("checkpoint of a run at step 4, 2 epochs done\n");
    }
}
