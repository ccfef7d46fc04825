package io.jacobi.nn.calculus;

import static io.jacobi.nn.calculus.Examples.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs the code of docs/einsum.md and compares its results with the page. */
class EinsumPageTest {

    private static final Path PAGE = Path.of("..", "docs", "einsum.md");
    private static final Path THIS =
            Path.of("src", "test", "java", "io", "jacobi", "nn", "calculus", "EinsumPageTest.java");

    /** The programs of the page without their comments, which {@link #resultsMatchThePage} compares. */
    static String program() {
        INDArray a = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
        INDArray x = Nd4j.createFromArray(new double[] {1, 10});
        StringBuilder results = new StringBuilder();
        add(results, Einsum.of("ij,jk->ik").evaluate(a, a));
        add(results, Einsum.of("i,ij,j->").evaluate(x, a, x));
        add(results, Einsum.of("ii->").evaluate(a));
        String plan = Einsum.of("ij,jk,kl,l->i")
                .explain(new long[] {500, 400}, new long[] {400, 300}, new long[] {300, 200}, new long[] {200});
        results.append(plan);
        Einsum spread = Einsum.of("ij->i").gradient(0);
        results.append(spread).append('\n');
        add(results, spread.withSize('j', 3).evaluate(x));
        ContractionVariable variable = Einsum.of("i,ij,j->").withRespectTo(0, 2);
        add(results, variable.gradient().evaluate(x, a, x));
        add(results, variable.hessian().evaluate(x, a, x));
        return results.toString();
    }

    private static void add(StringBuilder results, INDArray value) {
        double[] values = values(value);
        int width = value.rank() == 2 ? (int) value.size(1) : values.length;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            boolean begins = i % width == 0;
            String separator = i == 0 ? "" : begins ? "], [" : ", ";
            text.append(separator).append(Math.round(values[i]));
        }
        String brackets = value.rank() == 0 ? "%s" : value.rank() == 1 ? "[%s]" : "[[%s]]";
        results.append(String.format(brackets, text)).append('\n');
    }

    /** Compares the comments after {@code //} in the page, up to a colon if there is one, and its text blocks. */
    @Test
    void resultsMatchThePage() throws IOException {
        StringBuilder expected = new StringBuilder();
        Pattern.compile("```java\n.*?```|```text\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(block -> {
                    if (block.group(1) != null) {
                        expected.append(block.group(1));
                    } else {
                        Pattern.compile("// ([^:\n]*)")
                                .matcher(block.group())
                                .results()
                                .forEach(comment ->
                                        expected.append(comment.group(1)).append('\n'));
                    }
                });

        assertThat(program()).isEqualTo(expected.toString());
    }

    @Test
    void programsMatchThePage() throws IOException {
        String code = bare(Files.readString(THIS));
        List<String> statements = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1).replaceAll("//.*", ""))
                .flatMap(block -> Pattern.compile(";").splitAsStream(block))
                .map(EinsumPageTest::bare)
                .filter(statement -> !statement.isEmpty())
                .toList();

        assertThat(statements)
                .hasSize(11)
                .allSatisfy(statement -> assertThat(code).contains(statement));
    }

    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }

    /** Compares every row of the table of gradients, and every derivative printed in the text. */
    @Test
    void derivativesMatchThePage() throws IOException {
        List<MatchResult> rows = Pattern.compile("\\| `(\\S+)` \\| (\\d) \\| `(\\S+)` \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .toList();

        assertThat(rows)
                .hasSize(6)
                .allSatisfy(row -> assertThat(Einsum.of(row.group(1)).gradient(Integer.parseInt(row.group(2))))
                        .hasToString(row.group(3)));
        ContractionVariable variable = Einsum.of("i,ij,j->").withRespectTo(0, 2);
        assertThat(Files.readString(PAGE))
                .contains("`" + variable.gradient() + "`")
                .contains("`" + variable.hessian() + "`")
                .contains("`" + Einsum.of("ij,jk->ik").jacobian(0) + "`")
                .contains("`" + Einsum.of("i,ij,j->").hessian(0, 2) + "`");
    }

    @Test
    void everyExpressionOfTheNotationTableCanBeRead() throws IOException {
        List<String> specs = Pattern.compile("`([a-zδ1,]*->[a-z]*)`")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(specs)
                .hasSizeGreaterThan(30)
                .allSatisfy(spec -> assertThat(Einsum.of(spec)).hasToString(spec));
    }
}
