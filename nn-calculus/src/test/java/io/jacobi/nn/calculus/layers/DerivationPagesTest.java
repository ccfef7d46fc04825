package io.jacobi.nn.calculus.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the derivation pages with {@link LayerFormula#explanation()}. To regenerate them:
 * {@code mvn -pl nn-calculus -am test -Dtest=DerivationPagesTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Djacobi.regenerate=true}.
 */
class DerivationPagesTest {

    private static final Path PAGES = Path.of("..", "docs", "derivations");
    private static final String END = "<!-- end -->";

    static List<LayerFormula> formulas() {
        return LayerFormulas.all();
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void pagesMatchTheFormulas(LayerFormula formula) throws IOException {
        Path page = page(formula.name());
        String text = Files.readString(page);
        String start = "<!-- derived: " + formula.name() + " -->\n";
        assertThat(text).as(page.toString()).containsOnlyOnce(start);
        int from = text.indexOf(start) + start.length();
        int to = text.indexOf(END, from);
        String derived = "```text\n" + String.join("\n", formula.explanation()) + "\n```\n";
        if (Boolean.getBoolean("jacobi.regenerate")) {
            Files.writeString(page, text.substring(0, from) + derived + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("%s, which -Djacobi.regenerate=true regenerates", page)
                    .isEqualTo(derived);
        }
    }

    /** The page of a layer: leaky-relu.md for LeakyRelu, gelu.md for Gelu(tanh). */
    private static Path page(String layer) {
        String name = layer.replaceAll("\\(.*", "").replaceAll("([a-z])([A-Z])", "$1-$2");
        return PAGES.resolve(name.toLowerCase(Locale.ROOT) + ".md");
    }
}
