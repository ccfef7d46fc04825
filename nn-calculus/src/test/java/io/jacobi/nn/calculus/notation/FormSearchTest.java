package io.jacobi.nn.calculus.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.calculus.Formula;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names are numbers is found in a few passes over the formula, whatever the number of names. */
class FormSearchTest {

    private static final int MANY = 200;

    private static FormSearch search(String formula, Set<String> open) {
        return new FormSearch(new FormGrammar(
                        new Tokens(formula),
                        Variables.inferred().matrix("A").matrix("B").vector("v"),
                        open)
                .formula());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x + y | | ",
                "s*x' | | ",
                "s*A + s*B*x*v' | s | s",
                "a*x | a | x",
                "a*x + b*y | a, b | b, x",
                "a*v | a | a",
                "s*x + s*y | s | s",
                "x*s + y*s + x'*v | s | s",
                "(a*x + y)*(a*x + y)' | a | x",
                "a*(x .* x + y .* y + z .* z) | a | a",
                "norm2(a*v) + exp(b)*v | a, b | a, b",
                "a^2*v | a | a",
                "A + 2*a | a | a",
                "v*v'*a*x | a | x",
            })
    void findsTheSmallestSetsOfNumbers(String formula, String numbers, String others) {
        FormSearch.Found found =
                search(formula, Set.of("a", "b", "s", "x", "y", "z")).best().orElseThrow();

        assertThat(List.of(found.numbers(), found.others())).containsExactlyInAnyOrder(names(numbers), names(others));
    }

    private static Set<String> names(String list) {
        return list == null ? Set.of() : Set.of(list.split(", "));
    }

    @Test
    void aFormulaThatMakesNoSenseHasNoChoice() {
        assertThat(search("v' + v + x", Set.of("x")).best()).isEmpty();
        assertThat(search("A + x", Set.of("x")).best())
                .as("a bias is a vector, and refused")
                .isEmpty();
    }

    private static String sum(String term, String last) {
        return IntStream.range(0, MANY)
                        .mapToObj(n -> term.replace("#", Integer.toString(n)))
                        .collect(Collectors.joining(" + "))
                + last;
    }

    private static Set<String> names() {
        return IntStream.range(0, MANY)
                .boxed()
                .flatMap(n -> Stream.of("a" + n, "x" + n))
                .collect(Collectors.toSet());
    }

    @Test
    void thePassesDoNotGrowWithTheNumberOfNames() {
        for (String formula : List.of(
                sum("a#*x#", ""), sum("a# .* x#", " + A + v'"), sum("a#*v .* x#", ""), "a0*(" + sum("x# .* x#", ")"))) {
            FormSearch search = search(formula, names());
            search.best();
            assertThat(search.passes()).as(formula.substring(0, 40)).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aSearchThatWouldTakeTooLongEnds() {
        // the cheapest choice gives each x two kinds, so that each is tried with both
        FormSearch search = search(sum("a#*x# .* x#", ""), names());

        assertThat(search.best()).isEmpty();
        assertThat(search.isTooHard()).isTrue();
        assertThat(search.passes()).isEqualTo(FormSearch.PASSES);
        assertThatThrownBy(() -> Formula.parse(sum("a#*x# .* x#", "")))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("fix: declare the scalars, on the command line with --scalar a0");
    }
}
