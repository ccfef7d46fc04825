package io.jacobi.nn.files.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetEncodingTest {

    private static final ClassTarget INCOME = new ClassTarget("income", List.of("<=50K", ">50K"));

    private static float[] encode(TargetEncoding target, @Nullable Object... cells) {
        float[] targets = new float[target.width()];
        target.encode(Arrays.asList(cells), targets, 0);
        return targets;
    }

    @Test
    void classesAreIndicesAndAnswersHaveProbabilities() {
        assertThat(encode(INCOME, ">50K")).containsExactly(1);
        Answer answer = INCOME.answer(new float[] {0, (float) Math.log(3)});
        assertThat(answer.label()).isEqualTo(">50K");
        assertThat(answer.probabilities().keySet()).containsExactly("<=50K", ">50K");
        assertThat(answer.probabilities().get(">50K")).isCloseTo(0.75, within(1e-7));
        assertThat(((Answer.OfClass) answer).probability())
                .isEqualTo(answer.probabilities().get(">50K"));
    }

    @Test
    void largeLogitsHaveProbabilities() {
        assertThat(INCOME.answer(new float[] {1000, 1001}).probabilities().get(">50K"))
                .isCloseTo(1 / (1 + Math.exp(-1)), within(1e-15));
    }

    @Test
    void unknownAndMissingClassesAreRefused() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> encode(INCOME, "rich"))
                .withMessageStartingWith("column \"income\": \"rich\" is not one of the 2 classes"
                        + "\n  expected one of \"<=50K\", \">50K\"");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> encode(INCOME, " "))
                .withMessageContaining("the target is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClassTarget("income", List.of("one")))
                .withMessageContaining("expected at least two");
    }

    @Test
    void numbersComeBackInTheirUnit() {
        NumbersTarget price =
                new NumbersTarget(List.of(new NumbersTarget.Column("price", NumberTransform.LOG, 5, 2, false)));
        float[] scaled = encode(price, "999");
        assertThat(scaled[0]).isEqualTo((float) ((Math.log(1000) - 5) / 2));
        assertThat(price.answer(scaled).number()).isCloseTo(999, within(1e-3));
        assertThat(price.answer(scaled).numbers()).containsOnlyKeys("price");
    }

    @Test
    void labelsAreIndependent() {
        LabelsTarget topics = new LabelsTarget(List.of("sports", "politics", "science"));
        assertThat(encode(topics, "yes", 0, true)).containsExactly(1, 0, 1);
        Answer answer = topics.answer(new float[] {0, -3, 4});
        assertThat(answer.labels()).containsExactly("sports", "science");
        assertThat(answer.probabilities().get("politics")).isCloseTo(1 / (1 + Math.exp(3)), within(1e-15));
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> encode(topics, "yes", "maybe", "no"))
                .withMessageContaining("column \"politics\": \"maybe\" is neither yes nor no");
    }

    @Test
    void anAnswerOfAnotherKindNamesTheRightAccessor() {
        Answer answer = INCOME.answer(new float[] {0, 1});
        assertThatIllegalStateException()
                .isThrownBy(answer::number)
                .withMessageContaining("fix: the model predicts a class: call label() or probabilities()");
        assertThatIllegalStateException().isThrownBy(answer::labels);
        assertThatIllegalStateException().isThrownBy(answer::numbers);
    }
}
