package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code jacobi derive}, as a user runs it and as docs/matrix-calculus.md shows it. */
class DeriveCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine commandLine = Jacobi.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("derive"));
        all.addAll(List.of(args));
        return commandLine.execute(all.toArray(String[]::new));
    }

    @Test
    void printsTheDerivative() {
        assertThat(run("x' * A * x", "--wrt", "x")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("A*x + A'*x\n");
    }

    @Test
    void checksItAtShapesThatFitAGivenOne() {
        assertThat(run("norm2(A*x - b)^2", "--wrt", "x", "--check", "--shape", "A=6,2"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("checked: \\d.\\de-\\d\\d from differences")
                .contains("A [6, 2], x [2], b [6]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-sum(t .* log(p) + (1 - t) .* log(1 - p)) | p | [3]",
                "sqrt(1 - x.^2) | x | x [3]",
                "log(x - 1) | x | x [3]",
                "sum(log(a - b) + log(b + 2)) | b | [3]",
                "sqrt(1 - X) | X | X [3, 4]",
                "logdet(X'*X) | X | X [5, 3]",
                "logdet(X*X') | X | X [3, 4]",
                "det(X'*X) | X | X [5, 3]",
                "sqrt(det(X'*X)) | X | X [5, 3]",
                "det(x*x') | x | x [3]"
            })
    void checksInsideTheDomain(String formula, String variable, String where) {
        assertThat(run("--wrt", variable, "--check", "--", formula))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("checked: ").contains(where);
    }

    @Test
    void saysWhyAFormulaIsNotDefinedWhereItWouldBeChecked() {
        assertThat(run("logdet(X'*X)", "--wrt", "X", "--check", "--shape", "X=3,4"))
                .isOne();
        assertThat(out.toString())
                .contains("2*X*inv(X'*X)", "not defined at the points drawn, at X [3, 4]", "is singular", "fix: ")
                .doesNotContain("WRONG");
        out.getBuffer().setLength(0);
        assertThat(run("log(x - 9)", "--wrt", "x", "--check")).isOne();
        assertThat(out.toString())
                .contains("not defined at the points drawn, at x [3]", "some values between -3 and 3")
                .contains("fix: compare at values of your own in Java, with Derivation.check")
                .doesNotContain("WRONG", "singular");
    }

    @Test
    void derivesTwiceForAHessian() {
        assertThat(run("x' * A * x", "--wrt", "x", "--hessian", "--check")).isZero();
        assertThat(out.toString()).startsWith("A + A'").contains("checked");
    }

    @Test
    void writesLatexAndJava() {
        assertThat(run("x' * A * x", "--wrt", "x", "--latex", "--java")).isZero();
        assertThat(out.toString())
                .contains("A x + A^{\\top} x", "static INDArray derivative(INDArray A, INDArray x) {", "Einsum.of(");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-sum(t .* log(p)) | p | -t ./ p",
                "-X*x | x | -X",
                "--x'*x | x | 2*x",
            })
    void aFormulaMayStartWithAMinusSign(String formula, String by, String derivative) {
        assertThat(run(formula, "--wrt", by)).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines(derivative + "\n");
    }

    @Test
    void namesThatAreReadAsNumbersAreReported() {
        assertThat(run("0.5*norm2(y - X*w)^2 + lambda*norm2(w)^2", "--wrt", "w"))
                .isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("2*lambda*w - X'*(y - X*w)\n");
        assertThat(err.toString()).contains("jacobi: read as a number: lambda; --shape lambda=3 declares a vector");
        err.getBuffer().setLength(0);
        assertThat(run("a*x", "--wrt", "x", "--scalar", "a")).isZero();
        assertThat(run("a (x_i + y_i)", "--wrt", "x"))
                .as("a has no index, so it is a number")
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aDerivativeInIndexNotationNamesItsAxes() {
        assertThat(run("A*x", "--wrt", "A")).isZero();
        assertThat(run("logdet(X)", "--wrt", "X", "--hessian")).isZero();
        assertThat(out.toString()).contains("∂f_i/∂A_kl = δ_ik x_l").contains("∂²f/∂X_kl∂X_mn = -inv(X)_lm inv(X)_nk");
    }

    @Test
    void aMisspelledOptionIsNoFormula() {
        assertThat(run("x'*x", "--wrt", "x", "--chek")).isNotZero();
        assertThat(err.toString()).contains("--chek");
        assertThat(run("--chek", "x'*x", "--wrt", "x")).isNotZero();
    }

    @Test
    void derivesALayer() {
        assertThat(run("--layer", "Tanh")).isZero();
        assertThat(out.toString()).startsWith("Y_ni = tanh(X_ni)").contains("∂f/∂X = (1 - Y.^2) .* dY");
    }

    @Test
    void aLayerNeedsNoFormulaAndAFormulaNeedsAVariable() {
        assertThat(run("x' * x")).isNotZero();
        assertThat(run("x' * x", "--wrt", "x", "--layer", "Tanh")).isNotZero();
        assertThat(run()).isNotZero();
        assertThat(err.toString()).contains("Expected a formula and --wrt with one of its variables, or --layer alone");
        assertThat(run("--layer", "Tan")).isNotZero();
        assertThat(err.toString()).contains("there is no formula for Tan").contains("expected one of [Affine,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x' * * A | --wrt x | column 6: did not expect \"*\"",
                "x' * A * x | --wrt y | there is no variable y in x'*A*x",
                "A*x | --wrt x --hessian | only a number has a Hessian, and A*x has 1 axis",
                "A*x | --wrt x --check --shape A=2,3 --shape x=4 | axis 1 of A and axis 0 of x share an index",
                "Ax | --wrt x | fix: write A*x for a product, because Ax is one name",
                "X @ w | --wrt w | fix: write X*w",
                "A*x | --wrt x --shape B=2,3 | --shape B: there is no variable B",
                "A*x | --wrt x --shape A=2x3 | --shape A=2x3: cannot be read",
                "A*x | --wrt x --scalar y | --scalar y: there is no variable y",
                "x' .* A | --wrt x | a row vector .* a matrix is not defined"
            })
    void reportsWhatIsWrong(String formula, String options, String message) {
        List<String> args = new ArrayList<>(List.of(formula));
        args.addAll(List.of(options.split(" ")));

        assertThat(run(args.toArray(String[]::new))).isNotZero();
        assertThat(err.toString()).contains(message);
    }

    /** Every command on the page prints the output that the page shows. */
    @Test
    void thePageShowsWhatTheCommandPrints() throws IOException {
        String page = Files.readString(Path.of("../docs/matrix-calculus.md"));
        Matcher commands = Pattern.compile(
                        "\\$ jacobi derive (?:\"([^\"]+)\")? ?([^\n]*)\n(.*?)(?=\n\\$|\n```)", Pattern.DOTALL)
                .matcher(page);
        int count = 0;
        while (commands.find()) {
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            List<String> args = new ArrayList<>();
            Optional.ofNullable(commands.group(1)).ifPresent(args::add);
            args.addAll(List.of(commands.group(2).split(" ")));
            run(args.toArray(String[]::new));
            assertThat(withoutRounding(out.toString() + err))
                    .isEqualToNormalizingNewlines(withoutRounding(commands.group(3) + "\n"));
            count++;
        }
        assertThat(count).isGreaterThan(8);
    }

    /** The rounding error that a check measures depends on the machine. */
    private static String withoutRounding(String text) {
        return text.replaceAll("checked: \\S+ from", "checked: from").replace("\r\n", "\n");
    }
}
